import { createHash, randomUUID } from 'node:crypto';
import { Acceptor, type NewClip } from '../hot/accept.js';
import { Retention } from '../retention.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sampleClip, sampleJob, sampleKey, sampleRequest } from '../testing/sample.js';
import { Workspaces } from '../workspace.js';
import { datasetItems } from './dataset-items.js';
import { memberLine } from './dataset-versions.js';

describe('datasets', () => {
  const fresh = freshDatabase();
  const datasets = () => fresh.workspace.datasets;
  const sql = <Row extends object>(text: string, values: unknown[] = []) => fresh.database.run<Row>({ name: '', text }, values);

  async function clips(...contents: string[]): Promise<NewClip[]> {
    const made = contents.map((content) => sampleClip(content));
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, made, { job: null }));
    return made;
  }
  /** A dataset `d` with these clips, of which one has no label. */
  async function filled() {
    const [a, b, c] = await clips('a', 'b', 'c');
    await datasets().create({ name: 'd' });
    await datasets().put('d', [{ clipId: a!.id, label: 'x', group: 'g' }, { clipId: b!.id, label: 'y', fold: 2 }, { clipId: c!.id }]);
    return [a!, b!, c!] as const;
  }

  it('are each made once, found by their names, and only in their workspace', async () => {
    await datasets().create({ name: 'd', description: 'of mine' });
    expect(await datasets().get('d')).toMatchObject({ name: 'd', description: 'of mine', revision: 0 });
    await expect(datasets().create({ name: 'd' })).rejects.toMatchObject({ code: 'DATASET_EXISTS' });
    const other = await new Workspaces(fresh.database).named('other');
    await expect(other.datasets.get('d')).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    await datasets().create({ name: 'e' });
    expect((await datasets().page(null, 1)).map(({ name }) => name)).toEqual(['d']);
    expect((await datasets().page('d', 5)).map(({ name }) => name)).toEqual(['e']);
  });

  it('keep what is not told of an entry, and count changes only', async () => {
    const [a, b] = await filled();
    expect(await datasets().put('d', [{ clipId: a.id, label: 'z' }])).toEqual({ added: 0, changed: 1, known: 1 });
    expect(await datasets().put('d', [{ clipId: a.id, label: 'z' }])).toEqual({ added: 0, changed: 0, known: 1 });
    expect(await datasets().relabel('d', [{ clipId: b.id, label: null }, { clipId: randomUUID() }])).toMatchObject({
      changed: 1,
      known: 1,
    });
    expect((await datasets().get('d')).revision).toBe(3);
    expect(await datasets().entryPage('d', { label: 'z', limit: 5 })).toMatchObject([{ clipId: a.id, group: 'g', fold: null }]);
    expect(await datasets().entryPage('d', { label: null, limit: 5 })).toHaveLength(2);
    expect(await datasets().labels('d')).toEqual([
      { label: 'z', clips: 1 },
      { label: null, clips: 2 },
    ]);
    expect(await datasets().remove('d', [a.id, randomUUID()])).toBe(1);
  });

  it('take all of what is put into them or nothing, more than a page of it too', async () => {
    const [a] = await filled();
    const many = await clips(...Array.from({ length: 5_003 }, (_, i) => `${i}`));
    const changes = many.map(({ id }) => ({ clipId: id, label: 'many' }));
    await expect(datasets().put('d', [...changes, { clipId: randomUUID() }])).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND' });
    expect(await datasets().labels('d')).toHaveLength(3);
    expect(await datasets().put('d', [...changes, { clipId: a.id, label: 'many' }])).toEqual({ added: 5_003, changed: 1, known: 1 });
    const version = await datasets().freeze('d');
    expect(version).toMatchObject({ number: 1, clips: 5_005, labels: { many: 5_004, y: 1 } });
    const items = [];
    for await (const item of datasetItems(datasets(), version.id)) items.push(item.clipId);
    expect(new Set(items).size).toBe(5_005);
    await datasets().delete('d');
    expect(await sql('select 1 from dataset_member union all select 1 from dataset_entry')).toEqual([]);
  });

  it('take what is said of a clip in several lines as if they came one after the other', async () => {
    const [a] = await filled();
    const [d] = await clips('d');
    const lines = (id: string) => [
      { clipId: id, label: 'said', group: 'first' },
      { clipId: id.toUpperCase(), fold: 1 },
      { clipId: id, group: null },
    ];
    expect(await datasets().put('d', [...lines(a.id), ...lines(d!.id)])).toEqual({ added: 1, changed: 1, known: 1 });
    const said = { label: 'said', group: null, fold: 1 };
    expect(await datasets().entryPage('d', { label: 'said', limit: 5 })).toMatchObject([said, said]);
  });

  it('take uploads of the bytes of their clips while these are deleted', async () => {
    await datasets().create({ name: 'd' });
    for (let i = 0; i < 20; i++) {
      const [clip] = await clips('bytes');
      await datasets().put('d', [{ clipId: clip!.id, label: 'x' }]);
      const uploads = [sampleClip('bytes'), sampleClip('bytes')].map((again) =>
        datasets().upload('d', {
          requestId: randomUUID(),
          createdAt: new Date(),
          clips: [again],
          keyed: null,
          changes: [{ clipId: again.id, label: 'x' }],
        }),
      );
      await Promise.all([...uploads, fresh.workspace.clips.delete(clip!.id, { force: true })]);
    }
    expect(await datasets().labels('d')).toEqual([{ label: 'x', clips: 40 }]);
  });

  it('are changed under the revision that is expected, or not at all', async () => {
    const [a] = await filled();
    const expected = { revision: 0 };
    const code = { code: 'PRECONDITION_FAILED' };
    await expect(datasets().put('d', [{ clipId: a.id, label: 'z' }], expected)).rejects.toMatchObject(code);
    await expect(datasets().remove('d', [a.id], expected)).rejects.toMatchObject(code);
    await expect(datasets().update('d', { description: '' }, expected)).rejects.toMatchObject(code);
    await expect(datasets().delete('d', expected)).rejects.toMatchObject(code);
    expect(await datasets().update('d', { description: 'new' }, { revision: 1 })).toMatchObject({ description: 'new', revision: 2 });
  });

  it('are frozen as their labelled clips, named by a hash of what these are', async () => {
    const [a, b] = await filled();
    const version = await datasets().freeze('d');
    const lines = [
      { sha256: a.sha256, label: 'x', group: 'g', fold: null },
      { sha256: b.sha256, label: 'y', group: null, fold: 2 },
    ].sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
    expect(version).toMatchObject({ number: 1, clips: 2, labels: { x: 1, y: 1 }, lost: 0 });
    expect(version.hash).toBe(createHash('sha256').update(lines.map(memberLine).join('')).digest('hex'));
    expect(await datasets().members(version.id, -1, 10)).toMatchObject(lines.map((line, index) => ({ ...line, index, lost: false })));
    expect(await datasets().members(version.id, 0, 10)).toHaveLength(1);
  });

  it('make one version of one content, however often and by how many they are frozen', async () => {
    const [a] = await filled();
    const frozen = await Promise.all(Array.from({ length: 6 }, () => datasets().freeze('d')));
    expect(new Set(frozen.map(({ id }) => id)).size).toBe(1);
    await datasets().put('d', [{ clipId: a.id, label: 'z' }]);
    expect(await datasets().freeze('d')).toMatchObject({ number: 2 });
    await datasets().put('d', [{ clipId: a.id, label: 'x' }]);
    expect(await datasets().freeze('d')).toEqual(frozen[0]);
    expect(await datasets().version('d')).toMatchObject({ number: 2 });
    expect(await datasets().version('d', 1)).toEqual(frozen[0]);
    expect(await datasets().versionOfId(frozen[0]!.id)).toEqual(frozen[0]);
    expect((await datasets().versionPage('d', null, 5)).map(({ number }) => number)).toEqual([2, 1]);
    await expect(datasets().version('d', 3)).rejects.toMatchObject({ code: 'DATASET_VERSION_NOT_FOUND' });
    expect(await sql('select 1 from dataset_member')).toHaveLength(4);
  });

  it('are not frozen without any label', async () => {
    await datasets().create({ name: 'd' });
    await expect(datasets().freeze('d')).rejects.toMatchObject({ code: 'DATASET_TOO_SMALL' });
  });

  it('keep the clips of their versions, unless by force: then the version says that it lost them, and keeps the tombstone', async () => {
    const [a, , c] = await filled();
    const version = await datasets().freeze('d');
    await expect(fresh.workspace.clips.delete(a.id, { force: false })).rejects.toMatchObject({ code: 'CLIP_IN_USE' });
    await fresh.workspace.clips.delete(c.id, { force: false }); // no version has it
    await fresh.workspace.clips.delete(a.id, { force: true });
    expect((await datasets().labels('d')).map(({ label }) => label)).toEqual(['y']);
    expect(await datasets().version('d', 1)).toMatchObject({ lost: 1, clips: 2 });
    expect((await datasets().members(version.id, -1, 5)).filter(({ lost }) => lost)).toMatchObject([
      { clipId: a.id, filename: a.filename },
    ]);

    await sql(`update clip set deleted_at = now() - interval '40 days' where deleted_at is not null`);
    await new Retention(fresh.database, { days: 30, daysByKind: {} }).sweep();
    expect(await sql('select id from clip where deleted_at is not null')).toEqual([{ id: a.id }]);
    const job = sampleJob();
    await fresh.workspace.jobs.createOverClips(job, datasetItems(datasets(), version.id), { mayBeDeleted: true });
    expect(await fresh.workspace.jobs.get(job.id)).toMatchObject({ total: 2 });
  });

  it('have a version whole again when what it lost was uploaded again and is frozen', async () => {
    const [a, b] = await filled();
    const version = await datasets().freeze('d');
    await fresh.workspace.clips.delete(a.id, { force: true });
    const [again] = await clips('a');
    await datasets().put('d', [{ clipId: again!.id, label: 'x', group: 'g' }]);
    expect(await datasets().freeze('d')).toEqual(version);
    const members = await datasets().members(version.id, -1, 5);
    expect(new Set(members.map(({ clipId }) => clipId))).toEqual(new Set([b.id, again!.id]));
    expect(members.some(({ lost }) => lost)).toBe(false);
    await expect(fresh.workspace.clips.delete(again!.id, { force: false })).rejects.toMatchObject({ code: 'CLIP_IN_USE' });
  });

  it('are not frozen with a clip that is deleted at the same time', async () => {
    for (let i = 0; i < 10; i++) {
      const name = `d${i}`;
      const [clip, other] = await clips(`${i}`, `${i}'`);
      await datasets().create({ name });
      await datasets().put(name, [{ clipId: other!.id, label: 'x' }]);
      const [deleted, , version] = await Promise.allSettled([
        fresh.workspace.clips.delete(clip!.id, { force: false }),
        datasets().put(name, [{ clipId: clip!.id, label: 'x' }]),
        datasets().freeze(name),
      ]);
      if (version.status === 'rejected') throw version.reason;
      const held = await datasets().members(version.value.id, -1, 5);
      expect(held.some(({ lost }) => lost)).toBe(false);
      if (deleted.status === 'fulfilled') expect(await datasets().entryPage(name, { limit: 5 })).toHaveLength(1);
    }
  });

  it('are not removed while unfinished work goes back to them, unless by force', async () => {
    await filled();
    const version = await datasets().freeze('d');
    const job = sampleJob({ input: { datasetVersionId: version.id } });
    await fresh.workspace.jobs.createOverClips(job, datasetItems(datasets(), version.id));
    await expect(datasets().delete('d')).rejects.toMatchObject({ code: 'DATASET_IN_USE', detail: expect.stringContaining(job.id) });
    await datasets().delete('d', { force: true });
    await expect(datasets().versionOfId(version.id)).rejects.toMatchObject({ code: 'DATASET_VERSION_NOT_FOUND' });
  });

  it('take uploads with their entries and their key, or nothing of them', async () => {
    await datasets().create({ name: 'd' });
    const request = (clip: NewClip, name = 'd') => ({
      requestId: randomUUID(),
      createdAt: new Date(),
      clips: [clip],
      keyed: sampleKey('k', { path: `/datasets/${name}/clips` }),
      changes: [{ clipId: clip.id, label: 'x' }],
    });
    const both = await Promise.all([datasets().upload('d', request(sampleClip('a'))), datasets().upload('d', request(sampleClip('a')))]);
    expect(both).toContainEqual({ added: 1, changed: 0, known: 0 });
    expect(both).toContain(null);
    expect(await sql('select 1 from clip')).toHaveLength(1);
    await expect(datasets().upload('e', request(sampleClip('b'), 'e'))).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    expect(await sql('select 1 from clip')).toHaveLength(1);
  });
});
