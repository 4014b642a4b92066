import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { Database } from './database.js';
import { Acceptor, type NewClip } from './hot/accept.js';
import { Committer, type ItemOutcome } from './hot/commit.js';
import { type PredictionPlace, predictionsOfClip } from './predictions-of-clip.js';
import { freshDatabase } from './testing/fresh-database.js';
import { rowsRead } from './testing/rows-read.js';
import { sampleClip, sampleJob, sampleRequest } from './testing/sample.js';
import { working } from './testing/working.js';
import { Workspaces } from './workspace.js';

const model = { modelVersionId: randomUUID(), classifier: 'pets', version: 3, alias: 'production' };
const answered = { label: 'dog', confidence: 0.75, isUnknown: false, threshold: 0.5 };
const failure = { code: 'AUDIO_UNREADABLE', detail: 'it is no audio' };

describe('what was predicted about a clip', () => {
  const fresh = freshDatabase();
  const by = working(fresh);
  let clip: NewClip;
  beforeEach(async () => {
    clip = sampleClip();
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, [clip], { job: null }));
  });

  const ask = async (clipIds: string[], { kind = 'predict', input = {} }: { kind?: string; input?: object } = {}) => {
    const job = sampleJob({ id: uuid(), kind, input: { ...model, topK: 5, ...input } });
    await fresh.workspace.jobs.createOverClips(
      job,
      clipIds.map((clipId) => ({ clipId, customId: null })),
    );
    return job.id;
  };
  const work = async (outcomeOf: (index: number) => ItemOutcome) => {
    for (const { id, attempt, items } of await by.claim())
      await new Committer(fresh.database).submit({ id, attempt, items: items.map(({ index }) => outcomeOf(index)) });
  };
  const predictions = async (limit = 100) => (await fresh.workspace.clips.predictions(clip.id, { limit })).rows;

  it('is what each item of a prediction came to, newest first, and nothing of other work', async () => {
    const good = await ask([clip.id]);
    await work((index) => ({ index, result: { ...answered, scores: [], model } }));
    const bad = await ask([clip.id], { input: { version: 4, alias: null } });
    await work((index) => ({ index, error: failure }));
    await ask([clip.id], { kind: 'describe' });
    const retry = await fresh.workspace.jobs.retry(bad);
    const cancelled = await ask([clip.id, clip.id], { input: { windowSeconds: 0.5 } });
    await fresh.workspace.jobs.cancel(cancelled);

    const open = { createdAt: expect.any(Date), finishedAt: null, retryOf: null, windowSeconds: null, result: null, error: null };
    const ended = { ...open, finishedAt: expect.any(Date) };
    const fourth = { ...model, version: 4, alias: null };
    expect(await predictions()).toEqual([
      { ...ended, jobId: cancelled, index: 1, state: 'cancelled', model, windowSeconds: 0.5 },
      { ...ended, jobId: cancelled, index: 0, state: 'cancelled', model, windowSeconds: 0.5 },
      { ...open, jobId: retry?.id, index: 0, state: 'pending', model: fourth, retryOf: bad },
      { ...ended, jobId: bad, index: 0, state: 'failed', model: fourth, error: failure },
      { ...ended, jobId: good, index: 0, state: 'succeeded', model, result: answered },
    ]);
  });

  it('comes by pages, each item once, also those of one job', async () => {
    const older = await ask(Array.from({ length: 4 }, () => clip.id));
    const newer = await ask([clip.id, clip.id, clip.id]);
    const seen: string[] = [];
    for (let before: PredictionPlace | null | undefined; before !== null; ) {
      const { rows, next } = await fresh.workspace.clips.predictions(clip.id, { before: before ?? null, limit: 2 });
      seen.push(...rows.map(({ jobId, index }) => `${jobId === newer ? 'newer' : jobId === older ? 'older' : ''} ${index}`));
      before = next;
    }
    expect(seen).toEqual(['newer 2', 'newer 1', 'newer 0', 'older 3', 'older 2', 'older 1', 'older 0']);
  });

  it('ends a page before very much has to be read for it, and goes on after it', async () => {
    const jobId = await ask(Array.from({ length: 5 }, () => clip.id));
    // 200,000 digits beside each answer that no compression makes less of.
    const digits = `(select string_agg(md5((index * 100000 + n)::text), '') from generate_series(1, 6250) n)`;
    const result = `json_build_object('label', 'dog', 'confidence', 0.75, 'isUnknown', false, 'threshold', 0.5, 'windows', ${digits})`;
    await by.sql(`update item set result = ${result}, state = 'succeeded'`);
    const { rows, next } = await fresh.workspace.clips.predictions(clip.id, { limit: 50 });
    expect(rows.map(({ index, result: answer }) => [index, answer?.label])).toEqual([4, 3, 2].map((index) => [index, 'dog']));
    expect(next).toMatchObject({ jobId, index: 2 });
    expect((await fresh.workspace.clips.predictions(clip.id, { before: next, limit: 50 })).rows).toHaveLength(2);
  });

  it('is nothing of other clips, nor of jobs that nobody finds any more', async () => {
    const other = sampleClip();
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, [other], { job: null }));
    await ask([other.id]);
    const removed = await ask([clip.id]);
    await by.sql('delete from job where id = $1', [removed]);
    expect(await predictions()).toEqual([]);
  });

  it('is for nobody once the clip is deleted, and never for another workspace', async () => {
    const other = await new Workspaces(fresh.database).named('other');
    await expect(other.clips.predictions(clip.id, { limit: 1 })).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND' });
    await fresh.workspace.clips.delete(clip.id, { force: false });
    await expect(predictions()).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND' });
  });

  it('is found behind very much other work, after pages that are empty and yet go on', async () => {
    const jobId = await ask([clip.id]);
    await ask(
      Array.from({ length: 12_000 }, () => clip.id),
      { kind: 'describe' },
    );
    const sizes: number[] = [];
    let before: PredictionPlace | null = null;
    do {
      const page = await fresh.workspace.clips.predictions(clip.id, { before, limit: 10 });
      sizes.push(page.rows.length);
      if (page.rows.length > 0) expect(page.rows).toMatchObject([{ jobId, index: 0 }]);
      before = page.next;
    } while (before !== null);
    expect(sizes).toEqual([0, 0, 1]);
  });

  describe('by pages while others work', () => {
    /** The items of all pages; after the first statement for them `meanwhile` happens. */
    const pagesWhile = async (meanwhile: () => Promise<unknown>) => {
      let isFirst = true;
      class Busy extends Database {
        override async run<Row extends object>(...asked: Parameters<Database['run']>): Promise<Row[]> {
          const rows = await super.run<Row>(...asked);
          if (isFirst) await meanwhile();
          isFirst = false;
          return rows;
        }
      }
      const database = new Busy({ ...fresh.database.options, poolSize: 1 });
      const seen: PredictionPlace[] = [];
      let before: PredictionPlace | null = null;
      do {
        const page = await predictionsOfClip(database, { workspaceId: fresh.workspace.id, clipId: clip.id, before, limit: 50 });
        seen.push(...page.rows.map(({ jobId, index }) => ({ jobId, index })));
        before = page.next;
      } while (before !== null);
      await database.close();
      return seen;
    };
    const times = (count: number) => Array.from({ length: count }, () => clip.id);
    const downFrom = (count: number, jobId: string) => Array.from({ length: count }, (_, i) => ({ jobId, index: count - 1 - i }));

    it('shows nothing twice when work comes to the clip', async () => {
      await ask(times(2_000), { kind: 'describe' });
      const jobId = await ask(times(20)); // at the end of the first look
      await ask(times(4_980), { kind: 'describe' });
      expect(await pagesWhile(() => ask(times(30), { kind: 'describe' }))).toEqual(downFrom(20, jobId));
    });

    it('loses nothing when retention removes work over it', async () => {
      const jobId = await ask(times(20));
      const old = await ask(times(500), { kind: 'describe' });
      await ask(times(4_600), { kind: 'describe' });
      expect(await pagesWhile(() => by.sql('delete from item where job_id = $1', [old]))).toEqual(downFrom(20, jobId));
    });
  });

  it('is read without what it does not show, whatever else there is', async () => {
    for (const kind of ['describe', 'predict'])
      await ask(
        Array.from({ length: 5_000 }, () => clip.id),
        { kind },
      );
    await by.sql('analyze');
    const page = { workspaceId: fresh.workspace.id, clipId: clip.id, before: null, limit: 50 };
    const { told, rows } = await rowsRead(fresh.database.options, (database) => predictionsOfClip(database, page));
    expect(told.rows).toHaveLength(50);
    expect(rows).toBeLessThan(500);
  });
});
