import type { ClaimedTask } from './hot/claim.js';
import { Committer } from './hot/commit.js';
import { Leases } from './hot/lease.js';
import { JobCreation } from './job-creation.js';
import { TaskReader } from './task-reader.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleJob, samplePart, sampleStage } from './testing/sample.js';
import { working } from './testing/working.js';

const whole = (name: string, changes: Parameters<typeof samplePart>[0] = {}) => ({
  name,
  parts: [samplePart({ task: `sample.${name}`, itemsPerTask: 0, ...changes })],
});
const able = ['only', 'plan', 'fit', 'judge'].map((name) => ({ name: `sample.${name}`, version: 1 }));

describe('a plan of several stages', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const claim = () => on.claim(100, { able });
  const reader = (jobId: string) => new TaskReader(fresh.database, { jobId, workspaceId: fresh.workspace.id });

  it('has one task for the whole job, as many as an earlier stage says, and a result', async () => {
    const id = await on.create([sampleStage, whole('plan'), whole('fit', { countOf: { stage: 1, name: 'folds' } }), whole('judge')], 3);
    for (const task of await claim()) await on.commit(task);
    expect(await on.job(id)).toMatchObject({ stage: 'plan', succeeded: 3, tasks: 2 + 1 + 0 + 1 });

    const [plan] = await claim();
    expect(plan).toMatchObject({ name: 'sample.plan', fromIndex: 0, toIndex: 0, items: [] });
    const { opened } = await on.commit(plan!, { output: { folds: 5 } });
    expect(opened).toHaveLength(5);

    const folds = await claim();
    expect(folds.map(({ name, ordinal }) => [name, ordinal])).toEqual([0, 1, 2, 3, 4].map((fold) => ['sample.fit', fold]));
    await Promise.all(folds.map((fold) => on.commit(fold, { output: { loss: fold.ordinal } })));

    const [judge] = await claim();
    await on.commit(judge!, { output: { accuracy: 0.75 } });
    expect(await on.job(id)).toMatchObject({ state: 'succeeded', total: 3, succeeded: 3, tasks: 2 + 1 + 5 + 1, tasksRemaining: 0 });
    expect(await fresh.workspace.jobs.result(id)).toEqual({ accuracy: 0.75 });
    const outputs = await reader(id).outputs('sample.fit');
    expect(outputs.map(({ output }) => output)).toEqual([0, 1, 2, 3, 4].map((loss) => ({ loss })));
  });

  it('has different tasks in one stage, which ends with the last of them', async () => {
    const both = { name: 'both', parts: [samplePart({ itemsPerTask: 1 }), samplePart({ task: 'sample.plan', itemsPerTask: 0 })] };
    const id = await on.create([both, whole('judge')], 2);
    const [a, b, plan] = await claim();
    await on.commit(plan!);
    await on.commit(a!);
    expect(await on.job(id)).toMatchObject({ stage: 'both', tasksRemaining: 2 });
    expect((await on.commit(b!)).opened).toHaveLength(1);
    expect(await on.job(id)).toMatchObject({ stage: 'judge', succeeded: 2 });
  });

  it('counts items that a task reads as a whole as succeeded when the job is', async () => {
    const id = await on.create([whole('fit')], 4);
    const [task] = await claim();
    expect((await reader(id).page(-1, 3)).map(({ index, customId }) => [index, customId])).toEqual([
      [0, 'item 0'],
      [1, 'item 1'],
      [2, 'item 2'],
    ]);
    expect((await reader(id).page(2, 3)).map(({ index }) => index)).toEqual([3]);
    await on.commit(task!);
    expect(await on.job(id)).toMatchObject({ state: 'succeeded', succeeded: 4, failed: 0 });
    expect((await fresh.workspace.jobs.items(id, { limit: 10 })).map(({ state }) => state)).toEqual(Array(4).fill('succeeded'));
    expect(await fresh.workspace.jobs.items(id, { state: 'succeeded', limit: 10 })).toHaveLength(4);
    expect(await fresh.workspace.jobs.items(id, { state: 'cancelled', limit: 10 })).toEqual([]);
  });

  it('tells each of two attempts at a task that commit together which of them owns it', async () => {
    const id = await on.create([sampleStage], 2);
    const [first] = await claim();
    await new Leases(fresh.database).giveBack([first!]);
    const [second] = await claim();
    const committer = new Committer(fresh.database);
    const fine = ({ items }: ClaimedTask) => items.map(({ index }) => ({ index, result: {} }));
    const both = [first!, second!].map((task) => committer.submit({ id: task.id, attempt: task.attempt, items: fine(task) }));
    expect((await Promise.all(both)).map(({ owned }) => owned)).toEqual([false, true]);
    expect(await on.job(id)).toMatchObject({ state: 'succeeded', succeeded: 2 });
  });

  it('does not go on without an end when an output does not say how many tasks there are', async () => {
    const id = await on.create([whole('plan'), whole('fit', { countOf: { stage: 0, name: 'folds' } })]);
    for (const output of [{}, { folds: 0 }, { folds: -3 }, undefined]) {
      const [plan] = await claim();
      await expect(on.commit(plan!, { output })).rejects.toThrow();
      expect(await on.job(id)).toMatchObject({ state: 'running', stage: 'plan' });
      await new Leases(fresh.database).giveBack([plan!]);
    }
    const [plan] = await claim();
    expect((await on.commit(plan!, { output: { folds: 1 } })).opened).toHaveLength(1);
  });

  it('has a task that failed as one that failed, with its error', async () => {
    const id = await on.create([sampleStage], 2);
    const failure = { code: 'INTERNAL', detail: 'by this spec' };
    const [task] = await claim();
    await on.commit(task!, { items: task!.items.map(({ index }) => ({ index, error: failure })), failure });
    expect(await on.tasks(id)).toMatchObject([{ state: 'failed', error: failure }]);
    expect(await on.job(id)).toMatchObject({ state: 'failed', error: { code: 'ALL_ITEMS_FAILED' } });
    expect(await fresh.workspace.jobs.result(id)).toBeNull();
  });

  it('is carried on by this version where the one before has begun it', async () => {
    const id = await on.create([sampleStage, { name: 'next', parts: [samplePart({ itemsPerTask: 1 })] }], 2);
    await on.sql('update stage set parts = null where job_id = $1', [id]);
    const [task] = await claim();
    expect((await on.commit(task!, { items: [] })).opened).toHaveLength(2);
    expect(await claim()).toMatchObject([{ fromIndex: 0, toIndex: 1, version: 1, slot: 'short' }, { fromIndex: 1 }]);
  });
});

describe('a task that was just written', () => {
  const fresh = freshDatabase();

  it('can be claimed in the same millisecond', async () => {
    for (let written = 0; written < 20; written++) {
      await fresh.database.transaction(async (client) => {
        const job = sampleJob();
        await new JobCreation(fresh.database, fresh.workspace.id).within(client, job, []);
        const { rows } = await client.query('select run_after <= now() as "isDue" from task where job_id = $1', [job.id]);
        expect(rows).toEqual([{ isDue: true }]);
      });
    }
  });
});

describe('a job that is tried again', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const retriedItems = async (id: string) => {
    const retried = await fresh.workspace.jobs.retry(id);
    return retried === null ? null : (await fresh.workspace.jobs.items(retried.id, { limit: 10 })).map(({ customId }) => customId);
  };

  it('goes on with what was cancelled before its turn, too', async () => {
    const id = await on.create([sampleStage], 4);
    const [first] = await on.claim(2);
    const error = { code: 'AUDIO_UNREADABLE', detail: 'by this spec' };
    await on.commit(first!, {
      items: [
        { index: 0, result: {} },
        { index: 1, error },
      ],
    });
    await fresh.workspace.jobs.cancel(id);
    expect(await retriedItems(id)).toEqual(['item 1', 'item 2', 'item 3']);
  });

  it('does its work again when it is without items, unless that is done', async () => {
    const id = await on.create([whole('only')]);
    await fresh.workspace.jobs.cancel(id);
    const retried = await fresh.workspace.jobs.retry(id);
    expect(retried).toMatchObject({ total: 0, tasks: [{ items: 1 }] });
    const [task] = await on.claim();
    await on.commit(task!);
    expect(await fresh.workspace.jobs.retry(retried!.id)).toBeNull();
  });

  it('is tried again as a whole where a task is for all of it', async () => {
    const id = await on.create([sampleStage, whole('fit')], 2);
    const [chunk] = await on.claim();
    await on.commit(chunk!);
    await fresh.workspace.jobs.cancel(id);
    expect(await retriedItems(id)).toEqual(['item 0', 'item 1']);
  });
});

describe('the deadline of a job', () => {
  const fresh = freshDatabase();

  it("counts by the database's clock, whatever the gateway's says", async () => {
    const createdAt = new Date(Date.now() - 3_600_000); // that clock is an hour behind
    const job = sampleJob({ deadlineAt: new Date(createdAt.getTime() + 60_000) });
    await fresh.workspace.jobs.createOverClips(job, [], { createdAt });
    const { deadlineAt } = await fresh.workspace.jobs.get(job.id);
    const [now] = await fresh.database.run<{ now: Date }>({ name: '', text: 'select now()' }, []);
    const leftMs = Number(deadlineAt) - Number(now?.now);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(60_000);
  });
});
