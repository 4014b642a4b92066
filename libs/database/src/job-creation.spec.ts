import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type pg from 'pg';
import type { Database, Statement } from './database.js';
import { Acceptor, type NewItem } from './hot/accept.js';
import { JobCreation } from './job-creation.js';
import { Retention } from './retention.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleClip, sampleJob, sampleKey, sampleRequest } from './testing/sample.js';

/** The database, where something happens before a statement of that name. */
function before(database: Database, name: string, happens: () => Promise<void>): Database {
  const run = async (statement: Statement, values: unknown[], client?: pg.ClientBase) => {
    if (statement.name === name) await happens();
    return database.run(statement, values, client);
  };
  return Object.assign(Object.create(database), { run });
}

describe('a job over very many clips', () => {
  const fresh = freshDatabase();

  async function* streamed(count: number, clipIdOf: (index: number) => string | null): AsyncGenerator<NewItem> {
    for (let index = 0; index < count; index++) yield { clipId: clipIdOf(index), customId: `item ${index}` };
  }

  const unlisted = () => fresh.database.prisma.unlistedJob.count();
  const sweep = () => new Retention(fresh.database, { days: null, daysByKind: {} }).sweep();
  const forget = async (jobId: string) => {
    await fresh.database.run({ name: '', text: `update job set finished_at = now() - interval '2 days' where id = $1` }, [jobId]);
    await new Retention(fresh.database, { days: 1, daysByKind: {} }).sweep();
  };

  it('has them all in their order, however they are written', async () => {
    const clip = sampleClip();
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, [clip], { job: null }));
    const job = sampleJob();
    const created = await fresh.workspace.jobs.createOverClips(
      job,
      streamed(10_007, (index) => (index % 2 === 0 ? clip.id : null)),
    );
    expect(created).toMatchObject({ accepted: true, total: 10_007 });
    const items = await fresh.workspace.jobs.items(job.id, { limit: 20_000 });
    expect(items).toHaveLength(10_007);
    expect(items.filter(({ index, customId }) => customId !== `item ${index}`)).toEqual([]);
    expect(items.filter(({ index, clipId }) => clipId !== (index % 2 === 0 ? clip.id : null))).toEqual([]);
  });

  it('is not there at all when one of the last is missing', async () => {
    const job = sampleJob();
    const missing = sampleClip().id;
    await expect(
      fresh.workspace.jobs.createOverClips(
        job,
        streamed(6_000, (index) => (index === 5_999 ? missing : null)),
      ),
    ).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND', detail: expect.stringContaining(missing) });
    expect(await fresh.workspace.jobs.find(job.id)).toBeNull();
    await sweep();
    expect([await unlisted(), await fresh.database.prisma.item.count()]).toEqual([0, 0]);
  });

  it('is found by nobody before it is whole, and holds no transaction meanwhile', async () => {
    const job = sampleJob();
    const seen: unknown[] = [];
    await fresh.workspace.jobs.createOverClips(
      job,
      (async function* () {
        yield* streamed(6_000, () => null);
        const text = `select count(*)::int as n from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`;
        seen.push(await fresh.database.run({ name: '', text }, []));
        seen.push(await fresh.database.prisma.item.count(), await fresh.workspace.jobs.find(job.id));
        seen.push(await fresh.workspace.jobs.items(job.id, { limit: 10 }));
        yield* streamed(1, () => null);
      })(),
    );
    expect(seen).toEqual([[{ n: 0 }], 5_000, null, []]);
    expect(await fresh.workspace.jobs.get(job.id)).toMatchObject({ total: 6_001, state: 'queued' });
    expect(await unlisted()).toBe(0);
  });

  it('leaves nothing behind when its client goes away', async () => {
    const job = sampleJob();
    const cut = fresh.workspace.jobs.createOverClips(
      job,
      (async function* () {
        yield* streamed(6_000, () => null);
        throw new Error('cut off');
      })(),
    );
    await expect(cut).rejects.toThrow('cut off');
    expect(await sweep()).toMatchObject({ items: 5_000 });
    expect([await unlisted(), await fresh.database.prisma.item.count()]).toEqual([0, 0]);
  });

  it('is given up when it stood still so long that its items are being removed, and never listed without them', async () => {
    const job = sampleJob();
    const stoodStill = fresh.workspace.jobs.createOverClips(
      job,
      (async function* () {
        yield* streamed(6_000, () => null);
        await fresh.database.run({ name: '', text: `update unlisted_job set due_at = now()` }, []);
        await sweep();
        yield* streamed(6_000, () => null);
      })(),
    );
    await expect(stoodStill).rejects.toThrow('stood still');
    expect(await fresh.workspace.jobs.find(job.id)).toBeNull();
    expect([await unlisted(), await fresh.database.prisma.item.count()]).toEqual([0, 0]);
  });

  it('is given up also when its removal began within the transaction that would have listed it', async () => {
    const job = sampleJob();
    const removal = { hasBegun: Promise.withResolvers<void>(), mayEnd: Promise.withResolvers<void>() };
    const slow = before(fresh.database, 'remove-events', async () => {
      removal.hasBegun.resolve();
      await removal.mayEnd.promise;
    });
    let swept: Promise<unknown> = Promise.resolve();
    const listed = before(fresh.database, 'end-draft', async () => {
      await sleep(200); // its transaction began before
      swept = new Retention(slow, { days: null, daysByKind: {} }).sweep();
      await removal.hasBegun.promise;
    });
    const created = new JobCreation(listed, fresh.workspace.id).overClips(
      job,
      (async function* () {
        yield* streamed(5_000, () => null);
        await fresh.database.run({ name: '', text: `update unlisted_job set due_at = now() + interval '100 ms'` }, []);
        yield* streamed(1, () => null);
      })(),
    );
    await expect(created.finally(() => removal.mayEnd.resolve())).rejects.toThrow('stood still');
    await swept;
    expect(await fresh.workspace.jobs.find(job.id)).toBeNull();
    expect([await unlisted(), await fresh.database.prisma.item.count()]).toEqual([0, 0]);
  });

  it.each(['another page follows', 'it is to be listed'])('is given up when a crash has lost its last page before %s', async (when) => {
    const job = sampleJob();
    const lost = fresh.workspace.jobs.createOverClips(
      job,
      (async function* () {
        yield* streamed(10_001, () => null); // two pages are written, and not flushed yet
        await fresh.database.run({ name: '', text: 'delete from item where index >= 5000' }, []);
        yield* streamed(when === 'another page follows' ? 5_000 : 1, () => null);
      })(),
    );
    await expect(lost).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await fresh.workspace.jobs.find(job.id)).toBeNull();
    await sweep();
    expect([await unlisted(), await fresh.database.prisma.item.count()]).toEqual([0, 0]);
  });

  it('is not there at all when another request holds its key', async () => {
    const create = () =>
      fresh.workspace.jobs.createOverClips(
        sampleJob(),
        streamed(6_000, () => null),
        { keyed: () => sampleKey('once') },
      );
    expect([await create(), await create()]).toMatchObject([{ accepted: true }, { accepted: false, tasks: [] }]);
    await sweep();
    expect([await unlisted(), await fresh.database.prisma.item.count()]).toEqual([0, 6_000]);
  });

  it('is tried again by pages, over what has no result', async () => {
    const job = sampleJob();
    await fresh.workspace.jobs.createOverClips(
      job,
      streamed(12_000, () => null),
    );
    await fresh.database.run({ name: '', text: `update item set state = 'succeeded', result = '{}' where index % 3 = 0` }, []);
    await fresh.workspace.jobs.cancel(job.id);
    const retried = await fresh.workspace.jobs.retry(job.id);
    expect(retried).toMatchObject({ accepted: true, total: 8_000 });
    const items = await fresh.workspace.jobs.items(retried!.id, { limit: 9_000 });
    expect(items.map(({ customId }) => customId)).toEqual(
      Array.from({ length: 12_000 }, (_, index) => `item ${index}`).filter((_, index) => index % 3 !== 0),
    );
  });

  it('is not tried again in part when it is removed meanwhile', async () => {
    const job = sampleJob();
    await fresh.workspace.jobs.createOverClips(
      job,
      streamed(12_000, () => null),
    );
    await fresh.workspace.jobs.cancel(job.id);
    const run = fresh.database.run.bind(fresh.database);
    const copied = jest.spyOn(fresh.database, 'run').mockImplementation(async (statement, values, client) => {
      if (statement.name === 'copy-items' && values[5] === 4_999) await forget(job.id); // between its first page and the second
      return run(statement, values, client);
    });
    await expect(fresh.workspace.jobs.retry(job.id)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    copied.mockRestore();
    expect(await fresh.database.prisma.job.count()).toBe(0);
  });
});
