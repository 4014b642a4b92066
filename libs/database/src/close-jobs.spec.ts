import { closeJobs, endedAmong, failJob, lockJobs } from './close-jobs.js';
import { freshDatabase } from './testing/fresh-database.js';
import { samplePart, sampleStage } from './testing/sample.js';
import { working } from './testing/working.js';

const cancelled = { code: 'JOB_CANCELLED', detail: 'by this spec' };

describe('a job that is ended before its work is done', () => {
  const fresh = freshDatabase();
  const on = working(fresh);

  it('takes the tasks with it that were written while it waited for the lock', async () => {
    const id = await on.create([sampleStage], 4);
    let closing: Promise<string[]> | undefined;
    await fresh.database.transaction(async (client) => {
      await lockJobs(fresh.database, client, [id]); // as a commit does that opens a stage, and a split
      closing = closeJobs(fresh.database, [id], 'cancelled', cancelled);
      await on.somebodyWaits();
      const another = `insert into task (workspace_id, job_id, stage_index, name, queue, priority, from_index, to_index)
        select workspace_id, job_id, stage_index, name, queue, priority, 4, 5 from task where job_id = $1 limit 1`;
      await fresh.database.run({ name: '', text: another }, [id], client);
    });
    expect(await closing).toEqual([id]);
    expect((await on.tasks(id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('is not brought back to life by a task that was left behind', async () => {
    const id = await on.create([sampleStage], 2);
    const [task] = await on.claim();
    await on.sql(`update job set state = 'cancelled', finished_at = now() where id = $1`, [id]);
    expect(await on.commit(task!)).toEqual({ owned: false, opened: [] });
    expect(await on.job(id)).toMatchObject({ state: 'cancelled', succeeded: 0 });
  });

  it('lets nobody claim what was left behind', async () => {
    const id = await on.create([sampleStage], 2);
    await on.sql(`update job set state = 'cancelled', finished_at = now() where id = $1`, [id]);
    expect(await on.claim()).toEqual([]);
  });

  it('is not ended twice', async () => {
    const id = await on.create([sampleStage], 2);
    expect(await closeJobs(fresh.database, [id], 'cancelled', cancelled)).toEqual([id]);
    expect(await closeJobs(fresh.database, [id], 'expired', cancelled)).toEqual([]);
    expect(await on.job(id)).toMatchObject({ state: 'cancelled', events: 1 });
  });

  it('is found among those that have ended', async () => {
    const [open, ended] = [await on.create([sampleStage], 1), await on.create([sampleStage], 1)];
    await closeJobs(fresh.database, [ended], 'cancelled', cancelled);
    expect(await endedAmong(fresh.database, [open, ended])).toEqual([ended]);
  });
});

describe('a job of which a task for all of it fails', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const failure = { code: 'INTERNAL', detail: 'by this spec' };

  it('fails with its error, and so does the task; the others are cancelled', async () => {
    const id = await on.create([{ name: 'both', parts: [samplePart({ itemsPerTask: 0 }), samplePart({ itemsPerTask: 1 })] }], 1);
    const [whole] = (await on.claim()).filter(({ toIndex }) => toIndex === 0);
    expect(await failJob(fresh.database, whole!, failure)).toBe(true);
    expect(await on.job(id)).toMatchObject({ state: 'failed', error: failure });
    expect((await on.tasks(id)).map(({ state, error }) => ({ state, error }))).toEqual([
      { state: 'failed', error: failure },
      { state: 'cancelled', error: null },
    ]);
  });

  it('goes on when an attempt says so that does not own the task any more', async () => {
    const id = await on.create([{ name: 'whole', parts: [samplePart({ itemsPerTask: 0 })] }]);
    const [task] = await on.claim();
    expect(await failJob(fresh.database, { ...task!, attempt: 0 }, failure)).toBe(false);
    expect(await on.job(id)).toMatchObject({ state: 'running', error: null });
  });
});
