import { randomUUID } from 'node:crypto';
import { Acceptor, type NewClip } from '../hot/accept.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sampleClip, sampleJob, sampleRequest } from '../testing/sample.js';
import { IndexEntries, type IndexEntryRow } from './index-entries.js';
import { IndexUpkeep } from './index-versions.js';
import { holdLibrary } from './library.js';

describe('index versions', () => {
  const fresh = freshDatabase();
  const samples = () => fresh.workspace.samples;
  const sql = <Row extends object>(text: string, values: unknown[] = []) => fresh.database.run<Row>({ name: '', text }, values);

  async function clips(count: number): Promise<NewClip[]> {
    const made = Array.from({ length: count }, () => sampleClip());
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, made, { job: null }));
    return made;
  }
  async function library(count: number): Promise<NewClip[]> {
    const made = await clips(count);
    await samples().put(made.map(({ id }) => ({ clipId: id, label: 'techno' })));
    return made;
  }
  const create = (id: string = randomUUID(), jobId: string | null = null) =>
    fresh.workspace.indexes.create({ id, embedder: 'sound-97@1', metric: 'cosine', jobId });
  const moveLive = (target: string) =>
    sql(
      `insert into alias (workspace_id, scope, name, target, version) values ($1, 'index:sound-97@1', 'live', $2, 1)
       on conflict (workspace_id, scope, name) do update set target = $2`,
      [fresh.workspace.id, target],
    );
  const all = (id: string) => new IndexEntries(fresh.database, id).all(null, 10_000);
  const byClip = (rows: IndexEntryRow[], { id }: NewClip) => rows.find(({ clipId }) => clipId === id);

  /** A collection that is kept by whoever does what is due. */
  async function applyAll(id: string, collection: Map<string, unknown>): Promise<void> {
    const entries = new IndexEntries(fresh.database, id);
    for (let due = await entries.due(null, 3); due.length > 0; due = await entries.due(null, 3)) {
      for (const { clipId, wanted, sample } of due) {
        if (wanted) collection.set(clipId, sample);
        else collection.delete(clipId);
      }
      await entries.markApplied(due, await entries.nextMark());
    }
  }

  it('have an entry for each sample, once, however often they are made', async () => {
    const [a] = await library(3);
    const id = randomUUID();
    const [one, other] = await Promise.all([create(id), create(id)]);
    expect(other).toEqual(one);
    expect(one).toMatchObject({ number: 1, state: 'building', abandoned: true, scaler: null, mark: 0 });
    const rows = await all(id);
    expect(rows).toHaveLength(3);
    expect(byClip(rows, a!)).toMatchObject({ wanted: true, appliedRevision: 0, sample: { filename: a!.filename, sha256: a!.sha256 } });
    expect(await create()).toMatchObject({ number: 2 });
    await expect(fresh.workspace.indexes.get(randomUUID())).rejects.toMatchObject({ code: 'INDEX_VERSION_NOT_FOUND' });
  });

  it('are told of each sample that comes or goes by the transaction that brings it or takes it', async () => {
    const [a, b, c, d, e] = await library(5);
    const [building, live] = [await create(), await create()];
    await moveLive(live.id);
    for (const { id } of [building, live]) await applyAll(id, new Map());
    const [later] = await clips(1);
    await samples().change(a!.id, { tags: ['new'] });
    await fresh.workspace.datasets.relabel('library', [{ clipId: b!.id, label: 'house' }]);
    await samples().remove(c!.id);
    await fresh.workspace.clips.delete(d!.id, { force: true });
    await samples().put([
      { clipId: later!.id, label: 'dub' },
      { clipId: e!.id, label: 'techno' },
    ]);
    for (const { id } of [building, live]) {
      const due = await new IndexEntries(fresh.database, id).due(null, 10);
      expect(due).toHaveLength(3); // what is said of a and b is not in their vectors, and of e nothing new was said
      expect(byClip(due, c!)).toMatchObject({ wanted: false, sample: null });
      expect(byClip(due, d!)).toMatchObject({ wanted: false, sample: null });
      expect(byClip(due, later!)).toMatchObject({ wanted: true, appliedRevision: 0, sample: { sha256: later!.sha256 } });
    }
    await fresh.workspace.datasets.delete('library', { force: true });
    expect((await all(live.id)).some(({ wanted }) => wanted)).toBe(false);
  });

  it('miss no sample that is added, changed or deleted while they are made', async () => {
    for (let round = 0; round < 8; round++) {
      const [a, b, c, d] = await clips(4);
      await samples().put([a, b, c].map((clip) => ({ clipId: clip!.id, label: 'techno' })));
      const [version] = await Promise.all([
        create(),
        samples().put([{ clipId: d!.id, label: 'late' }]),
        samples().change(a!.id, { author: 'me' }),
        fresh.workspace.clips.delete(b!.id, { force: true }),
        samples().remove(c!.id),
      ]);
      const collection = new Map<string, unknown>();
      await applyAll(version.id, collection);
      const there = await samples().page({}, null, 100);
      expect([...collection.keys()].sort()).toEqual(there.map(({ clipId }) => clipId).sort());
      expect(collection.get(a!.id)).toMatchObject({ sha256: a!.sha256 });
      expect(collection.get(d!.id)).toMatchObject({ sha256: d!.sha256 });
    }
  });

  it('wait for whoever is changing the library, and then have what that was', async () => {
    const [a] = await library(1);
    const [b] = await clips(1);
    let made: Promise<{ id: string }> | undefined;
    await fresh.database.transaction(async (client) => {
      const { id } = await holdLibrary(fresh.database, client, fresh.workspace.id);
      made = create();
      await untilWaiting();
      await client.query('insert into dataset_entry (dataset_id, clip_id, workspace_id) values ($1, $2, $3)', [
        id,
        b!.id,
        fresh.workspace.id,
      ]);
    });
    const rows = await all((await made!).id);
    expect(rows.map(({ clipId }) => clipId).sort()).toEqual([a!.id, b!.id].sort());
  });

  async function untilWaiting(): Promise<void> {
    for (;;) {
      const waiting = await sql(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      if (waiting.length > 0) return;
    }
  }

  it('survive two who delete the same clip, and one who deletes it while another takes it out', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = await library(2);
      const { id } = await create();
      await Promise.allSettled([
        fresh.workspace.clips.delete(a!.id, { force: true }),
        fresh.workspace.clips.delete(a!.id, { force: true }),
        fresh.workspace.clips.delete(b!.id, { force: true }),
        samples().remove(b!.id),
      ]);
      const rows = await all(id);
      for (const clip of [a, b]) expect(byClip(rows, clip!)).toMatchObject({ wanted: false });
    }
  });

  it('do not take what was changed while it was applied for done, nor what a slower one brought over a newer one', async () => {
    const [a] = await library(1);
    const entries = new IndexEntries(fresh.database, (await create()).id);
    const old = await entries.due(null, 10);
    await samples().remove(a!.id);
    const newer = await entries.due(null, 10);
    expect(newer).toMatchObject([{ wanted: false }]);
    expect(await entries.markApplied(newer, 1)).toBe(0);
    expect(await entries.due(null, 10)).toEqual([]);
    expect(await entries.markApplied(old, 2)).toBe(1); // it may have come after the removal
    expect(await entries.due(null, 10)).toMatchObject([{ wanted: false, appliedRevision: 0 }]);
  });

  it('count what is done, and have everything to do again when their collection is lost', async () => {
    const [a] = await library(4);
    const { id } = await create();
    const entries = new IndexEntries(fresh.database, id);
    expect(await entries.counts()).toEqual({ wanted: 4, applied: 0, due: 4 });
    await applyAll(id, new Map());
    await samples().remove(a!.id);
    expect(await entries.counts()).toEqual({ wanted: 3, applied: 3, due: 1 });
    await entries.reset();
    expect(await entries.counts()).toEqual({ wanted: 3, applied: 0, due: 4 });
  });

  it('keep the greatest mark that was left in their collection', async () => {
    const { id } = await create();
    const entries = new IndexEntries(fresh.database, id);
    const [first, second] = [await entries.nextMark(), await entries.nextMark()];
    expect(second).toBeGreaterThan(first);
    await entries.markApplied([], second);
    await entries.markApplied([], first); // of one that was overtaken
    expect(await fresh.workspace.indexes.get(id)).toMatchObject({ mark: second, crowdingMark: -1 });
    await new IndexUpkeep(fresh.database).keepCrowdingMark(id, second);
    expect(await fresh.workspace.indexes.get(id)).toMatchObject({ crowdingMark: second });
  });

  it('keep the first scaler that was fitted', async () => {
    const { id } = await create();
    const upkeep = new IndexUpkeep(fresh.database);
    const fitted = await Promise.all([upkeep.fit(id, { mean: [1] }), upkeep.fit(id, { mean: [2] })]);
    expect(fitted[0]).toEqual(fitted[1]);
    await upkeep.report(id, { samples: 5 });
    expect(await fresh.workspace.indexes.get(id)).toMatchObject({ scaler: fitted[0], report: { samples: 5 } });
    await expect(upkeep.fit(randomUUID(), {})).rejects.toMatchObject({ code: 'INDEX_VERSION_NOT_FOUND' });
  });

  it('are abandoned when nobody asks them and their job has ended; retired, they follow nothing, and leave no row', async () => {
    const [a] = await library(2);
    const job = sampleJob();
    await fresh.workspace.jobs.createOverClips(job, [{ clipId: a!.id, customId: null }]);
    const [live, building, abandoned] = [await create(), await create(randomUUID(), job.id), await create()];
    await moveLive(live.id);
    const upkeep = new IndexUpkeep(fresh.database);
    expect((await upkeep.list()).map(({ id, state, abandoned }) => ({ id, state, abandoned }))).toEqual([
      { id: live.id, state: 'live', abandoned: false },
      { id: building.id, state: 'building', abandoned: false },
      { id: abandoned.id, state: 'building', abandoned: true },
    ]);
    expect(await fresh.workspace.indexes.live('sound-97@1')).toMatchObject({ id: live.id });
    expect(await fresh.workspace.indexes.live('electro-45@1')).toBeNull();
    expect(await upkeep.retire(live)).toBe(false);
    expect(await upkeep.retire(abandoned)).toBe(true);
    await samples().remove(a!.id);
    expect((await all(abandoned.id)).every(({ wanted }) => wanted)).toBe(true);
    expect(await fresh.workspace.indexes.get(abandoned.id)).toMatchObject({ state: 'retired', abandoned: false });
    await upkeep.forget(abandoned.id);
    expect(await all(abandoned.id)).toEqual([]);
    expect(await upkeep.list()).toHaveLength(2);
    await fresh.workspace.jobs.cancel(job.id);
    expect(await fresh.workspace.indexes.get(building.id)).toMatchObject({ abandoned: true });
  });

  it('are aligned with what a service of an earlier release has done to the library', async () => {
    const [a, b] = await library(2);
    const { id } = await create();
    await applyAll(id, new Map());
    const [c] = await clips(1);
    await sql('delete from dataset_entry where clip_id = $1', [a!.id]);
    await sql('insert into dataset_entry (dataset_id, clip_id, workspace_id) select dataset_id, $1, workspace_id from dataset_entry', [
      c!.id,
    ]);
    expect(await fresh.workspace.indexes.align({ untilMs: 0 })).not.toBeNull(); // the time was over, one page was looked at
    expect(await fresh.workspace.indexes.align()).toBeNull();
    const due = await new IndexEntries(fresh.database, id).due(null, 10);
    expect(due.map(({ clipId, wanted }) => ({ clipId, wanted })).sort((x) => (x.wanted ? 1 : -1))).toEqual([
      { clipId: a!.id, wanted: false },
      { clipId: c!.id, wanted: true },
    ]);
    expect((await samples().page({}, null, 5)).map(({ clipId }) => clipId).sort()).toEqual([b!.id, c!.id].sort());
  });
});
