import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DatasetClip, DatasetVersionResource, EntriesChanged } from '@earshot/contracts';
import { problemOf } from '../testing/problem-of.js';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const run = promisify(execFile);

describe('datasets over HTTP', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  }, 60_000);
  afterAll(() => gateway.close());

  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    gateway.fetch(`/api/v1/datasets${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  async function upload(name: string, fields: Record<string, string>, files: [string, number][], headers: Record<string, string> = {}) {
    const form = formOf(...files.map(([filename, hz]): [string, Uint8Array<ArrayBuffer>] => [filename, tone(hz)]));
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    return gateway.fetch(`/api/v1/datasets/${name}/clips`, { method: 'POST', body: form, headers });
  }
  async function filled(name: string): Promise<DatasetClip[]> {
    await ask('POST', '', { name });
    const fields = { labels: '["a","b","b/c",null]', groups: '["g","g","h",null]', folds: '[0,0,1,null]' };
    const response = await upload(name, fields, [
      ['one.wav', 100],
      ['two.wav', 200],
      ['two.wav', 300],
      ['none.wav', 400],
    ]);
    const { items = [] }: EntriesChanged = await response.json();
    return items;
  }

  it('makes, shows, lists, changes and deletes one, under If-Match where it is told', async () => {
    expect((await ask('POST', '', { name: 'first', description: 'mine' })).status).toBe(201);
    expect(await problemOf(await ask('POST', '', { name: 'first' }))).toMatchObject({ code: 'DATASET_EXISTS' });
    expect(await problemOf(await ask('POST', '', { name: 'No Name' }))).toMatchObject({ code: 'REQUEST_INVALID' });
    const shown = await ask('GET', '/first');
    const etag = shown.headers.get('etag') ?? '';
    expect(await shown.json()).toMatchObject({ name: 'first', revision: 0, counts: { clips: 0, unlabelled: 0, labels: {} } });
    expect((await ask('GET', '/first', undefined, { 'if-none-match': etag })).status).toBe(304);
    const changed = await ask('PATCH', '/first', { description: 'yours' }, { 'if-match': etag });
    expect(await changed.json()).toMatchObject({ description: 'yours', revision: 1 });
    expect(await problemOf(await ask('PATCH', '/first', { description: '' }, { 'if-match': etag }))).toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
    expect((await ask('DELETE', '/first', undefined, { 'if-match': etag })).status).toBe(412);
    await ask('POST', '', { name: 'second' });
    const page = await (await ask('GET', '?limit=1')).json();
    expect(page).toMatchObject({ items: [{ name: 'first' }] });
    expect(await (await ask('GET', `?limit=1&cursor=${page.nextCursor}`)).json()).toMatchObject({ items: [{ name: 'second' }] });
    expect((await ask('DELETE', '/first')).status).toBe(204);
    expect(await problemOf(await ask('GET', '/first'))).toMatchObject({ code: 'DATASET_NOT_FOUND' });
    expect(await problemOf(await ask('GET', '/NO%20NAME'))).toMatchObject({ code: 'DATASET_NOT_FOUND' });
  });

  it('takes files with labels by field or by prefix, once under a key', async () => {
    await ask('POST', '', { name: 'files' });
    const files: [string, number][] = [
      ['good_1.wav', 500],
      ['bad_1.wav', 501],
      ['plain.wav', 502],
    ];
    const key = { 'idempotency-key': 'batch 1' };
    const first = await (await upload('files', { labelsFrom: 'prefix', group: 'me' }, files, key)).json();
    expect(first).toMatchObject({ added: 3, items: [{ label: 'good', group: 'me' }, { label: 'bad' }, { label: null }] });
    const again = await upload('files', { labelsFrom: 'prefix', group: 'me' }, files, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await again.json()).toEqual(first);
    expect(await problemOf(await upload('files', { label: 'x' }, files, key))).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    expect(await problemOf(await upload('files', { labels: 'x,y' }, files))).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await problemOf(await upload('nowhere', { label: 'x' }, files))).toMatchObject({ code: 'DATASET_NOT_FOUND' });
    expect(await (await ask('GET', '/files')).json()).toMatchObject({ counts: { clips: 3, unlabelled: 1, labels: { bad: 1, good: 1 } } });
    expect(await (await ask('GET', '/files/clips?unlabelled=true')).json()).toMatchObject({ items: [{ filename: 'plain.wav' }] });
    expect(await (await ask('GET', '/files/clips?label=good')).json()).toMatchObject({ items: [{ filename: 'good_1.wav' }] });
  });

  it('takes any text for a label, and refuses what cannot be stored, however it is written', async () => {
    await ask('POST', '', { name: 'odd' });
    const one: [string, number][] = [['odd.wav', 510]];
    for (const labels of ['["a\\u0000"]', '["\\ud800"]'])
      expect(await problemOf(await upload('odd', { labels }, one))).toMatchObject({
        code: 'REQUEST_INVALID',
        errors: [{ pointer: '#/labels/0' }],
      });
    expect(await problemOf(await upload('odd', { groups: '["\\u0000"]' }, one))).toMatchObject({ code: 'REQUEST_INVALID' });
    for (const label of ['__proto__', 'constructor', '1', ',"\n'])
      expect((await upload('odd', { labels: JSON.stringify([label]) }, one)).status).toBe(200);
    const labels = { ['__proto__']: 1, constructor: 1, 1: 1, ',"\n': 1 };
    for (const made of [await ask('POST', '/odd/versions'), await ask('GET', '/odd/versions/1')])
      expect(Object.entries((await made.json()).labels).sort()).toEqual(Object.entries(labels).sort());
  });

  it('takes stored clips as JSON and as lines, relabels and removes them', async () => {
    const clips = await filled('stored');
    await ask('POST', '', { name: 'copy' });
    const entries = clips.map(({ clipId }) => ({ clipId, label: 'x' }));
    expect(await (await ask('POST', '/copy/clips', { entries: entries.slice(0, 2) })).json()).toEqual({ added: 2, changed: 0 });
    const lines = (more: string) =>
      gateway.fetch('/api/v1/datasets/copy/clips', {
        method: 'POST',
        headers: { 'content-type': 'application/jsonl' },
        body: entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') + more,
      });
    expect(await (await lines('')).json()).toEqual({ added: 2, changed: 0 });
    expect(await problemOf(await lines('{"clipId": 3}\n'))).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: '#/5/clipId' }] });
    const relabelled = await ask('PATCH', '/copy/clips', { entries: [{ clipId: entries[0]!.clipId.toUpperCase(), label: 'y' }] });
    expect(await relabelled.json()).toEqual({ added: 0, changed: 1 });
    expect(await (await ask('DELETE', '/copy/clips', { clipIds: [entries[1]!.clipId] })).json()).toEqual({ removed: 1 });
    expect(await (await ask('GET', '/copy')).json()).toMatchObject({ counts: { labels: { x: 2, y: 1 } } });
    const missing = { entries: [{ clipId: '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e8a' }] };
    expect(await problemOf(await ask('POST', '/copy/clips', missing))).toMatchObject({ code: 'CLIP_NOT_FOUND' });
  });

  it('freezes what is labelled, holds its clips, and previews splits', async () => {
    const clips = await filled('frozen');
    const version: DatasetVersionResource = await (await ask('POST', '/frozen/versions')).json();
    expect(version).toMatchObject({ number: 1, clips: 3, labels: { a: 1, b: 1, 'b/c': 1 }, lost: 0 });
    expect(await (await ask('POST', '/frozen/versions')).json()).toEqual(version);
    expect(await (await ask('GET', '/frozen/versions')).json()).toEqual({ items: [version], nextCursor: null });
    const page = await (await ask('GET', '/frozen/versions/newest/clips?limit=2')).json();
    expect(page.items).toHaveLength(2);
    expect((await (await ask('GET', `/frozen/versions/1/clips?limit=2&cursor=${page.nextCursor}`)).json()).items).toHaveLength(1);
    expect(await (await ask('GET', '/frozen/versions/1/split?testShare=0.4')).json()).toMatchObject({
      random: { training: { clips: 2 }, test: { clips: 1 } },
      grouped: { groupsOnBothSides: 0 },
    });
    expect(await problemOf(await gateway.fetch(`/api/v1/clips/${clips[0]!.clipId}`, { method: 'DELETE' }))).toMatchObject({
      code: 'CLIP_IN_USE',
    });
    await gateway.fetch(`/api/v1/clips/${clips[0]!.clipId}?force=true`, { method: 'DELETE' });
    expect(await (await ask('GET', '/frozen/versions/1')).json()).toMatchObject({ lost: 1 });
    expect(await problemOf(await ask('GET', '/frozen/versions/7'))).toMatchObject({ code: 'DATASET_VERSION_NOT_FOUND' });
    await ask('POST', '', { name: 'nothing' });
    expect(await problemOf(await ask('POST', '/nothing/versions'))).toMatchObject({ code: 'DATASET_TOO_SMALL' });
    expect(await problemOf(await ask('GET', '/nothing/versions/newest'))).toMatchObject({ code: 'DATASET_VERSION_NOT_FOUND' });
  });

  it('exports a version as archives that others read, as a manifest, and for Label Studio', async () => {
    await filled('exported');
    await ask('POST', '/exported/versions');
    const folder = await mkdtemp(join(tmpdir(), 'earshot-export-'));
    try {
      for (const [as, read] of [
        ['tar', ['tar', '-xf']],
        ['zip', ['python3', '-m', 'zipfile', '-e']],
      ] as const) {
        const response = await ask('GET', `/exported/versions/1/export?as=${as}`);
        const [file, out] = [join(folder, `x.${as}`), join(folder, as)];
        await writeFile(file, Buffer.from(await response.arrayBuffer()));
        const [program, ...options] = read;
        if (as === 'tar') await run('mkdir', [out]);
        await run(program, as === 'tar' ? [...options, file, '-C', out] : [...options, file, out]);
        const paths = (await readdir(out, { recursive: true })).filter((path) => /\.\w+$/.test(path)).sort();
        expect(paths).toEqual(['a/one.wav', 'b/two.wav', 'b_c/two.wav', 'manifest.csv']);
        expect(Uint8Array.from(await readFile(join(out, 'b/two.wav')))).toEqual(tone(200));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const manifest = await (await ask('GET', '/exported/versions/1/export?as=csv')).text();
    expect(manifest.split('\r\n').slice(1, -1).sort()[0]).toMatch(/^a\/one\.wav,a,g,0,[0-9a-f-]{36},[0-9a-f]{64},false$/);
    expect((await (await ask('GET', '/exported/versions/1/export?as=jsonl')).text()).trimEnd().split('\n')).toHaveLength(3);
    const tasks = await (await ask('GET', '/exported/versions/1/export?as=label-studio')).json();
    expect(tasks).toContainEqual({
      data: expect.objectContaining({ filename: 'one.wav', audio: expect.stringMatching(/^\/api\/v1\/clips\/.*\/audio$/) }),
      annotations: [{ result: [expect.objectContaining({ type: 'choices', value: { choices: ['a'] } })] }],
    });
    expect(await problemOf(await ask('GET', '/exported/versions/1/export?as=features'))).toMatchObject({ code: 'NOT_COMPUTED' });
    expect(await problemOf(await ask('GET', '/exported/versions/1/export?as=features&profile=logmel-128@1'))).toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
