import { Claimer } from './hot/claim.js';
import { Committer } from './hot/commit.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleAbility, sampleJob, samplePart } from './testing/sample.js';
import { UnwrittenTasks, waitingAtMost } from './unwritten-tasks.js';

describe('a stage of very many tasks', () => {
  const fresh = freshDatabase();
  let unwritten: UnwrittenTasks;
  beforeEach(() => {
    unwritten = new UnwrittenTasks(fresh.database);
  });

  const part = samplePart({ itemsPerTask: 1 });
  const create = async (items: number, changes: object = {}) => {
    const job = sampleJob({ stages: [{ name: 'only', parts: [part] }], ...changes });
    await fresh.workspace.jobs.createOverClips(
      job,
      Array.from({ length: items }, () => ({ clipId: null, customId: null })),
    );
    return job.id;
  };
  const waiting = () => fresh.database.prisma.task.count({ where: { state: 'queued' } });
  const left = () => fresh.database.prisma.unwrittenTasks.count();

  it('is counted from the start, and written ahead of those who work on it', async () => {
    const id = await create(waitingAtMost + 1_500);
    expect(await fresh.workspace.jobs.get(id)).toMatchObject({ tasks: 11_500, tasksRemaining: 11_500 });
    expect(await waiting()).toBe(0);
    expect(await unwritten.write(['extract'])).toBe(waitingAtMost);
    expect(await unwritten.write(['extract'])).toBe(0);
    await fresh.database.run({ name: '', text: `update task set state = 'cancelled' where from_index < 2000` }, []);
    expect(await unwritten.write(['extract'])).toBe(1_500);
    expect(await left()).toBe(0);
    const tasks = await fresh.database.prisma.task.findMany({ orderBy: { id: 'asc' } });
    expect(tasks.map(({ ordinal, fromIndex, toIndex }) => [ordinal, fromIndex, toIndex])).toEqual(
      Array.from({ length: 11_500 }, (_, n) => [n, n, n + 1]),
    );
  });

  it('is written by whole pages, not one task after the other as they are taken', async () => {
    await create(waitingAtMost + 1_500);
    await unwritten.write(['extract']);
    await fresh.database.run({ name: '', text: `update task set state = 'cancelled' where from_index < 999` }, []);
    expect(await unwritten.write(['extract'])).toBe(0);
    await fresh.database.run({ name: '', text: `update task set state = 'cancelled' where from_index = 999` }, []);
    expect(await unwritten.write(['extract'])).toBe(1_000);
  });

  it('is written by several at once, each task once', async () => {
    await create(5_000);
    await Promise.all(Array.from({ length: 4 }, () => unwritten.write(['extract'])));
    expect([await waiting(), await left()]).toEqual([5_000, 0]);
  });

  it('does not keep back a more urgent one', async () => {
    await create(waitingAtMost + 1_000, { priority: 9 });
    await unwritten.write(['extract']);
    await create(1_000, { priority: 5 });
    expect(await unwritten.write(['extract'])).toBe(1_000);
  });

  it('does not wait for tasks of the other kind of slot', async () => {
    const long = samplePart({ itemsPerTask: 1, slot: 'long' });
    await create(waitingAtMost + 1_000, { stages: [{ name: 'only', parts: [long] }] });
    await unwritten.write(['extract']);
    await create(1_000);
    expect(await unwritten.write(['extract'])).toBe(1_000);
  });

  it('is not written any more when its job has ended, whoever comes first', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await create(3_000);
      await Promise.all([unwritten.write(['extract']), fresh.workspace.jobs.cancel(id)]);
    }
    expect(await unwritten.write(['extract'])).toBe(0);
    expect([await waiting(), await left()]).toEqual([0, 0]);
  });

  it('is opened by the commit that ends the stage before', async () => {
    const id = await create(1_000, {
      stages: [
        { name: 'first', parts: [samplePart({ itemsPerTask: 1_000 })] },
        { name: 'second', parts: [part] },
      ],
    });
    const [task] = await new Claimer(fresh.database, 'spec', sampleAbility).claimNext(['extract'], 1_000);
    expect(await new Committer(fresh.database).submit({ ...task!, items: [] })).toEqual({ owned: true, opened: [] });
    expect(await fresh.workspace.jobs.get(id)).toMatchObject({ stage: 'second', tasksRemaining: 1_000 });
    expect(await unwritten.write(['extract'])).toBe(1_000);
  });
});
