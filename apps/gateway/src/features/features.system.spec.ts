// The real extractor computes here: from the upload to the numbers.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { features, itemsResult, jobResource, profileList } from '@earshot/contracts';
import { talent37 } from '@earshot/features';
import { z } from 'zod';
import { startExtractor } from '../testing/extractor-process.js';
import { problemOf } from '../testing/problem-of.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
let extractor: { stop(): Promise<void> };
let voice: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  gateway = await startTestGateway();
  extractor = await startExtractor(gateway);
  voice = new Uint8Array(await readFile('libs/features/golden/audio/voice.wav'));
}, 60_000);
afterAll(async () => {
  await extractor.stop();
  await gateway.close();
});

const ask = async (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  gateway.fetch(path, { method: 'POST', body, headers: { prefer: 'wait=20', ...headers } });
const askJson = (body: unknown) => ask('/api/v1/features', JSON.stringify(body), { 'content-type': 'application/json' });
const resultOf = async (response: Response) => itemsResult(features).parse(await response.json());

describe('features', () => {
  it('of a file come with its decoder, its length and each vector', async () => {
    const response = await ask('/api/v1/features?profiles=talent-37@1,mfcc-49x40@1', formOf(['voice.wav', voice]));
    const { items } = await resultOf(response);
    expect(items[0]?.result).toMatchObject({ decoder: 'earshot-wav', durationSeconds: 8 });
    expect(items[0]?.result?.vectors.map(({ profile, shape, values }) => [profile, shape, values?.length])).toEqual([
      ['talent-37@1', [37], 37],
      ['mfcc-49x40@1', [49, 40], undefined],
    ]);
  });

  it('that are too large for the result are read by their route, as JSON or as bytes', async () => {
    const { items } = await resultOf(await ask('/api/v1/features?profiles=logmel-128@1', formOf(['voice.wav', voice])));
    const path = `/api/v1/clips/${items[0]?.clipId}/vectors/logmel-128@1`;
    const json = await (await gateway.fetch(path)).json();
    const bytes = await (await gateway.fetch(path, { headers: { accept: 'application/octet-stream' } })).arrayBuffer();
    expect(json.shape).toEqual([128, 216]);
    expect([...new Float32Array(bytes)]).toEqual(json.values);
  });

  it('are the same bytes when they are computed again, and when they were kept', async () => {
    const [first, kept] = [
      await resultOf(await ask('/api/v1/features?profiles=electro-45@1', formOf(['a.wav', voice]))),
      await resultOf(await ask('/api/v1/features?profiles=electro-45@1', formOf(['b.wav', voice]))),
    ];
    await gateway.database.prisma.derived.deleteMany();
    const again = await resultOf(await ask('/api/v1/features?profiles=electro-45@1', formOf(['c.wav', voice])));
    expect(kept.items[0]?.result).toEqual(first.items[0]?.result);
    expect(again.items[0]?.result).toEqual(first.items[0]?.result);
  });

  it("of one's own profile are asked for in JSON, and read by its hash", async () => {
    const upload = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(['voice.wav', voice]) })).json();
    const { id: _, hash: __, ...definition } = talent37;
    const { items } = await resultOf(
      await askJson({ clipIds: [upload.items[0].id], profiles: [{ ...definition, name: 'own', silence: null }, 'talent-37@1'] }),
    );
    const [own, named] = items[0]?.result?.vectors ?? [];
    expect(own).toMatchObject({ profile: 'own@1', shape: [37] });
    expect(own?.values).not.toEqual(named?.values);
    expect((await gateway.fetch(`/api/v1/clips/${upload.items[0].id}/vectors/${own?.hash}`)).status).toBe(200);
  });

  it('are those of electro-45@1 where no profile is named, and of profiles named by query or form field, before or behind the file', async () => {
    const profilesOf = async (path: string, fields: [string, string | Blob][]) => {
      const form = new FormData();
      for (const [name, value] of fields) typeof value === 'string' ? form.append(name, value) : form.append(name, value, 'voice.wav');
      const { items } = await resultOf(await ask(path, form));
      return items[0]?.result?.vectors.map(({ profile }) => profile);
    };
    const file: [string, Blob] = ['file', new Blob([voice])];
    expect(await profilesOf('/api/v1/features', [file])).toEqual(['electro-45@1']);
    const both = ['talent-37@1', 'electro-45@1'];
    expect(await profilesOf('/api/v1/features?profiles=talent-37@1,electro-45@1', [file])).toEqual(both);
    expect(await profilesOf('/api/v1/features', [file, ['profiles', 'talent-37@1,electro-45@1']])).toEqual(both);
    expect(await profilesOf('/api/v1/features', [['profiles', 'talent-37@1'], ['profiles', 'electro-45@1'], file])).toEqual(both);
  });

  it('come as a table with a column for each entry', async () => {
    const response = await ask('/api/v1/features?profiles=talent-37@1', formOf(['voice.wav', voice]));
    const { jobId } = await resultOf(response);
    const csv = await (await gateway.fetch(`/api/v1/jobs/${jobId}/items`, { headers: { accept: 'text/csv' } })).text();
    const [header, row] = csv.split('\r\n').map((line) => line.split(','));
    expect(header?.slice(7, 9)).toEqual(['talent-37@1 mfcc_mean_0', 'talent-37@1 mfcc_mean_1']);
    expect(row?.slice(7).map(Number).every(Number.isFinite)).toBe(true);
    expect(row).toHaveLength(7 + 37);
  });

  it.each([
    ['a profile that is not there', '/api/v1/features?profiles=none@1', 'PROFILE_NOT_FOUND'],
    ['an unknown option', '/api/v1/features?profile=talent-37@1', 'REQUEST_INVALID'],
  ])('are refused with %s, before anything is stored', async (_what, path, code) => {
    const before = await gateway.database.prisma.clip.count();
    expect((await problemOf(await ask(path, formOf(['voice.wav', voice])))).code).toBe(code);
    expect(await gateway.database.prisma.clip.count()).toBe(before);
  });

  it('are refused with a definition that cannot be, naming the place', async () => {
    const { id: _, hash: __, ...definition } = talent37;
    const problem = await problemOf(
      await askJson({ clipIds: ['0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a'], profiles: [{ ...definition, sampleRate: 1 }] }),
    );
    expect(problem).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: '#/profiles/0/sampleRate' }, expect.anything()] });
  });

  it('that nobody computed are not made up', async () => {
    const upload = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(['x.wav', voice.slice(0, 4_044)]) })).json();
    const clip = `/api/v1/clips/${upload.items[0].id}`;
    expect((await problemOf(await gateway.fetch(`${clip}/vectors/talent-37@1`))).code).toBe('NOT_COMPUTED');
    expect((await problemOf(await gateway.fetch(`${clip}/spectrogram`))).code).toBe('NOT_COMPUTED');
  });
});

describe('a description', () => {
  it('draws the waveform, and the spectrogram when asked to', async () => {
    const response = await ask('/api/v1/descriptions?spectrogram=true', formOf(['voice.wav', voice]));
    const { items } = await response.json();
    expect(items[0].result.waveform.highest.length).toBeGreaterThanOrEqual(64);
    const picture = await gateway.fetch(`/api/v1/clips/${items[0].clipId}/spectrogram`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    const png = new DataView(await picture.arrayBuffer());
    expect([png.getUint32(16), png.getUint32(20)]).toEqual([345, 128]);
    const etag = picture.headers.get('etag') ?? '';
    expect((await gateway.fetch(`/api/v1/clips/${items[0].clipId}/spectrogram`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

describe('a clip whose bytes are lost', () => {
  it.each([['/api/v1/descriptions?spectrogram=true'], ['/api/v1/features?profiles=talent-37@1']])(
    'costs itself and no other at %s',
    async (path) => {
      const files = ['one', 'lost', 'three'].map((name, i): [string, Uint8Array<ArrayBuffer>] => [name, voice.slice(0, 40_044 + 2 * i)]);
      const upload = await (await gateway.fetch('/api/v1/clips', { method: 'POST', body: formOf(...files) })).json();
      const clipIds: string[] = upload.items.map(({ id }: { id: string }) => id);
      const { workspaceId, sha256 } = await gateway.database.prisma.clip.findFirstOrThrow({ where: { id: clipIds[1] } });
      await rm(join(gateway.home, 'blobs', workspaceId, sha256.slice(0, 2), sha256), { force: true });
      const response = await ask(path, JSON.stringify({ clipIds }), { 'content-type': 'application/json' });
      const { items } = itemsResult(z.unknown()).parse(await response.json());
      expect(items.map(({ state, error }) => [state, error?.code])).toEqual([
        ['succeeded', undefined],
        ['failed', 'BLOB_LOST'],
        ['succeeded', undefined],
      ]);
    },
  );
});

describe('a spectrogram whose blob is lost', () => {
  it('is not computed any more, until a job draws it again', async () => {
    const files = () => formOf(['voice.wav', voice.slice(0, 60_044)]);
    const draw = async () => {
      const { items } = await (await ask('/api/v1/descriptions?spectrogram=true', files())).json();
      return `/api/v1/clips/${items[0].clipId}/spectrogram`;
    };
    const path = await draw();
    const drawn = await gateway.database.prisma.derived.findMany({ where: { packSha256: { not: null } } });
    for (const { workspaceId, packSha256 } of drawn)
      await rm(join(gateway.home, 'blobs', workspaceId, `${packSha256}`.slice(0, 2), `${packSha256}`), { force: true });
    expect((await problemOf(await gateway.fetch(path))).code).toBe('NOT_COMPUTED');
    await draw();
    expect((await gateway.fetch(path)).status).toBe(200);
  });
});

describe('the profiles', () => {
  it('are listed with the unit of each entry and every parameter', async () => {
    const { items } = profileList.parse(await (await gateway.fetch('/api/v1/profiles')).json());
    expect(items.map(({ id, columns }) => [id, columns.length])).toEqual([
      ['talent-37@1', 37],
      ['electro-45@1', 45],
      ['logmel-128@1', 1],
      ['mfcc-49x40@1', 1],
      ['speech-40@1', 1],
      ['sound-97@1', 97],
    ]);
    expect(items[0]?.columns.at(-1)).toMatchObject({ name: 'tempo_0', unit: 'beats a minute' });
    expect(items[0]?.definition).toMatchObject({ sampleRate: 22_050, silence: { topDb: 20 } });
  });

  it('that are not there are told with those that are', async () =>
    expect(await problemOf(await gateway.fetch('/api/v1/profiles/none'))).toMatchObject({
      code: 'PROFILE_NOT_FOUND',
      detail: expect.stringContaining('talent-37@1'),
    }));
});

describe('a job', () => {
  it('of features shows itself like any other', async () => {
    const response = await gateway.fetch('/api/v1/features?profiles=talent-37@1', { method: 'POST', body: formOf(['voice.wav', voice]) });
    expect(jobResource.parse(await response.json())).toMatchObject({ kind: 'features', state: 'queued' });
  });
});
