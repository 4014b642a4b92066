import { type Checkpoint, Checkpoints } from './checkpoints.js';
import type { ClaimedTask } from './hot/claim.js';
import { Leases } from './hot/lease.js';
import { TaskReader } from './task-reader.js';
import { freshDatabase } from './testing/fresh-database.js';
import { samplePart } from './testing/sample.js';
import { working } from './testing/working.js';

describe('the checkpoints of a task', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  let checkpoints: Checkpoints;
  let jobId: string;
  let task: ClaimedTask;
  beforeEach(async () => {
    checkpoints = new Checkpoints(fresh.database);
    jobId = await on.create([{ name: 'fit', parts: [samplePart({ itemsPerTask: 0 })] }]);
    [task] = (await on.claim()) as [ClaimedTask];
  });

  const at = (step: number, ...names: string[]): Checkpoint => ({
    step,
    document: { epoch: step },
    blobs: names.map((sha256) => ({ sha256, sizeBytes: 10 })),
  });
  const references = async () =>
    Object.fromEntries(
      (await on.sql('select sha256, "references", unreferenced_at is null as kept from blob')).map((row) => [
        row['sha256'],
        row['references'],
      ]),
    );

  it('are what a later attempt goes on from', async () => {
    expect(task.checkpoint).toBeNull();
    expect(await checkpoints.latest(task.id)).toBeNull();
    expect(await checkpoints.write(task, at(1, 'a'))).toBe(true);
    expect(await checkpoints.write(task, at(2, 'b'))).toBe(true);
    expect(await checkpoints.latest(task.id)).toEqual(at(2, 'b'));
    await new Leases(fresh.database).giveBack([task]);
    expect(await on.claim()).toMatchObject([{ attempt: 2, checkpoint: at(2, 'b') }]);
  });

  it('are not written by an attempt that lost the task, nor for a job that has ended', async () => {
    await new Leases(fresh.database).giveBack([task]);
    const [next] = await on.claim();
    expect(await checkpoints.write(task, at(1, 'a'))).toBe(false);
    expect(await checkpoints.progress(task, { step: 1, of: 2, figures: {} })).toBe(false);
    await fresh.workspace.jobs.cancel(jobId);
    expect(await checkpoints.write(next!, at(1, 'a'))).toBe(false);
    expect(await references()).toEqual({});
  });

  it('refer to the blobs of the newest and of the one before', async () => {
    await checkpoints.write(task, at(1, 'a', 'same'));
    await checkpoints.write(task, at(2, 'b', 'same'));
    expect(await references()).toEqual({ a: 1, b: 1, same: 2 });
    await checkpoints.write(task, at(3, 'c', 'same'));
    expect(await references()).toEqual({ a: 0, b: 1, c: 1, same: 2 });
  });

  it('are one for each step, however often its answer is lost', async () => {
    await checkpoints.write(task, at(1, 'a'));
    expect(await checkpoints.write(task, at(1, 'a'))).toBe(true);
    expect(await references()).toEqual({ a: 1 });
    await expect(checkpoints.write(task, at(0, 'a'))).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('forgive the task what happened on the way', async () => {
    await on.sql('update task set kills = 2, deaths = 5, retries = 4, waits = 6, suspect = true where id = $1', [task.id]);
    await checkpoints.write(task, at(1));
    expect(await on.tasks(jobId)).toMatchObject([{ kills: 0, deaths: 0, retries: 0, waits: 0, suspect: false }]);
  });

  it('let go of their blobs when the task has ended', async () => {
    await checkpoints.write(task, at(1, 'a', 'same'));
    await checkpoints.write(task, at(2, 'b', 'same'));
    expect(await checkpoints.release()).toBe(0);
    await on.commit(task);
    expect(await checkpoints.release()).toBe(1);
    expect(await references()).toEqual({ a: 0, b: 0, same: 0 });
    expect(await on.sql('select 1 from blob where unreferenced_at is null')).toEqual([]);
    expect(await checkpoints.release()).toBe(0);
  });
});

describe('the last checkpoint of a task', () => {
  const fresh = freshDatabase();
  const on = working(fresh);

  it('holds its blobs for later stages, until the job has ended', async () => {
    const part = samplePart({ itemsPerTask: 0 });
    const id = await on.create([
      { name: 'fit', parts: [part] },
      { name: 'judge', parts: [part] },
    ]);
    const checkpoints = new Checkpoints(fresh.database);
    const [fit] = await on.claim();
    await checkpoints.write(fit!, { step: 1, document: {}, blobs: [{ sha256: 'model', sizeBytes: 1 }] });
    await on.commit(fit!);
    expect(await checkpoints.release()).toBe(0);
    const [judge] = await on.claim();
    await on.commit(judge!);
    expect(await on.job(id)).toMatchObject({ state: 'succeeded' });
    expect(await checkpoints.release()).toBe(1);
    expect(await on.sql('select "references" from blob')).toEqual([{ references: 0 }]);
  });
});

describe('a job that is to stop and keep what it has', () => {
  const fresh = freshDatabase();
  const on = working(fresh);

  it('is asked once, and its tasks are told', async () => {
    const id = await on.create([{ name: 'fit', parts: [samplePart({ itemsPerTask: 0 })] }]);
    const [task] = await on.claim();
    const reader = new TaskReader(fresh.database, task!);
    expect(await reader.isStopAsked()).toBe(false);
    expect(await fresh.workspace.jobs.askToStop(id)).toBe(true);
    expect(await fresh.workspace.jobs.askToStop(id)).toBe(true);
    expect(await reader.isStopAsked()).toBe(true);
    await on.commit(task!);
    expect(await fresh.workspace.jobs.askToStop(id)).toBe(false);
  });
});

describe('the progress of a task', () => {
  const fresh = freshDatabase();
  const on = working(fresh);

  it('shows in its job and in the events, until its stage has ended', async () => {
    const part = samplePart({ itemsPerTask: 0 });
    const id = await on.create([
      { name: 'fit', parts: [part] },
      { name: 'judge', parts: [part] },
    ]);
    const [task] = await on.claim();
    await new Checkpoints(fresh.database).progress(task!, { step: 3, of: 40, figures: { loss: 0.25 } });
    const progress = { task: 'sample.only', ordinal: 0, step: 3, of: 40, figures: { loss: 0.25 } };
    expect(await on.job(id)).toMatchObject({ progress });
    const events = await fresh.workspace.events.after([{ jobId: id, after: 1 }]);
    expect(events).toMatchObject([{ number: 2, type: 'task.progress', data: progress }]);
    await on.commit(task!);
    expect(await on.job(id)).toMatchObject({ stage: 'judge', progress: null });
  });
});
