// What is promised of work for hours, and of workers of two versions. Against real servers.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@earshot/contracts';
import { z } from 'zod';
import { bridged, notify } from '../testing/doorbells.js';
import { echo, fit, fitting, named, numbered, single, type Work } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';
import type { TaskContext } from '../worker/handler.js';

// Redis alone may tell a worker again and again that cannot do the task; beside it workers look at the rows now and then.
describe.each([notify, bridged])('long work with $doorbell as the doorbell', ({ start }) => {
  const on = freshEngine(start);
  const { work, ask, ended, sql } = on;

  /** Short tasks echo; the long one does what it is told. */
  const fitsLike =
    (run: (context: TaskContext<Task>) => Promise<void>): Work =>
    (context, mode) =>
      isFit(context) ? run(context) : echo(context, mode);
  const isFit = ({ items }: TaskContext<Task>) => items.length === 0;
  const fitOf = async (jobId: string) => (await sql(`select * from task where job_id = $1 and name = $2`, [jobId, fit.name]))[0];
  const fitIs = async (jobId: string, state: string) => {
    for (const deadline = Date.now() + 15_000; (await fitOf(jobId))?.['state'] !== state; await sleep(20))
      if (Date.now() > deadline) throw new Error(`The fit is not ${state}`);
  };

  it('neither waits for short work nor holds it up, one at a time', async () => {
    const release = Promise.withResolvers<void>();
    const fits: string[] = [];
    const until = (context: TaskContext<Task>) => {
      fits.push(context.jobId);
      const signs = setInterval(() => void context.progress({ step: 1, of: 2, figures: {} }), 200);
      return release.promise.then(() => context.output({ counted: 0 })).finally(() => clearInterval(signs));
    };
    await work(fitsLike(until), { slots: 1 });
    const [first, second] = [await ask(fitting, numbered(1)), await ask(fitting, numbered(1))];
    while (fits.length === 0) await sleep(20);
    for (let i = 0; i < 3; i++) expect(await ended(await ask(single, numbered(4)), 5_000)).toMatchObject({ state: 'succeeded' });
    expect(fits).toHaveLength(1);
    release.resolve();
    for (const id of [first, second]) expect(await ended(id)).toMatchObject({ state: 'succeeded' });
  }, 60_000);

  it('reads the items of its job page by page, and puts out what becomes the result of the job', async () => {
    const seen: [number, string][] = [];
    await work(
      fitsLike(async ({ readItems, output }) => {
        for await (const { index, state } of readItems(3)) seen.push([index, state]);
        output({ counted: seen.length });
      }),
    );
    const id = await ask(fitting, named(['a', 'b', 'bad c', 'd', 'e', 'f', 'g']));
    expect(await ended(id)).toMatchObject({ state: 'succeeded', failed: 1 });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => [index, index === 2 ? 'failed' : 'succeeded']));
    expect((await fitOf(id))?.['output']).toEqual({ counted: 7 });
  });

  it('is asked for a checkpoint before its process ends, and goes on from there in another', async () => {
    const starts: unknown[] = [];
    const count: Work = fitsLike(async ({ resumeFrom, checkpoint, checkpointSoon, output, progress }) => {
      starts.push(resumeFrom?.document ?? null);
      for (let step = (resumeFrom?.step ?? 0) + 1; step <= 1_000; step++) {
        if (starts.length > 1) return output({ counted: step });
        await progress({ step, of: 1_000, figures: {} });
        if (checkpointSoon.aborted) await checkpoint({ step, document: { counted: step } });
        await sleep(20);
      }
    });
    await work(count, { name: 'first' });
    const id = await ask(fitting, numbered(1));
    await fitIs(id, 'running');
    const closedAt = Date.now();
    await on.closeOpened();
    expect(Date.now() - closedAt).toBeLessThan(1_000); // with its checkpoint it is handed back at once
    expect(await fitOf(id)).toMatchObject({ state: 'queued', kills: 0, retries: 0 });
    await work(count, { name: 'second' });
    expect(await ended(id)).toMatchObject({ state: 'succeeded' });
    const counted = z.object({ counted: z.int().positive() }).parse(starts[1]).counted;
    expect(starts).toEqual([null, { counted }]);
    expect((await fitOf(id))?.['output']).toEqual({ counted: counted + 1 });
  }, 60_000);

  it('is ended when it gives no sign of progress, though its process lives, and is tried again', async () => {
    const attempts: number[] = [];
    await work(
      fitsLike(async ({ attempt, output }) => {
        attempts.push(attempt);
        if (attempt === 1) await new Promise(() => undefined);
        output({ counted: 0 });
      }),
    );
    const id = await ask(fitting, numbered(1));
    expect(await ended(id)).toMatchObject({ state: 'succeeded' });
    expect(attempts).toEqual([1, 2]);
    expect(await fitOf(id)).toMatchObject({ retries: 1, kills: 0 });
  });

  it('fails as stalled when it stalls again and again without a checkpoint', async () => {
    await work(fitsLike(() => new Promise(() => undefined)));
    const id = await ask(fitting, numbered(1));
    await fitIs(id, 'running');
    await sql(`update task set retries = 5 where job_id = $1`, [id]);
    await sql(`update task set state = 'queued', lease_until = null where job_id = $1 and state = 'running'`, [id]);
    expect(await ended(id)).toMatchObject({ state: 'failed', error: { code: 'TASK_STALLED' } });
  });

  it('is left to a worker that knows its version', async () => {
    const by: string[] = [];
    const noteBy =
      (name: string): Work =>
      async (context, mode) => {
        by.push(name);
        await echo(context, mode);
      };
    await work(noteBy('old'), { name: 'old' });
    const id = await ask(single, numbered(1));
    await ended(id);
    await on.closeOpened();
    const newer = await ask(single, numbered(1));
    await sql('update task set version = 2 where job_id = $1', [newer]);
    await work(noteBy('old'), { name: 'old' });
    await ended(await ask(single, numbered(1)));
    expect(await on.workspace.jobs.get(newer)).toMatchObject({ state: 'queued' });
    await work(noteBy('new'), { name: 'new', known: (task) => ({ ...task, version: 2 }) });
    expect(await ended(newer)).toMatchObject({ state: 'succeeded' });
    expect(by.at(-1)).toBe('new');
  }, 60_000);

  it('is handed back, not failed, by a worker that does not know an option of it', async () => {
    await work(echo, { name: 'old', known: (task) => ({ ...task, input: z.strictObject({}) }) });
    const id = await ask(single, numbered(2));
    while (Number((await sql('select attempt from task where job_id = $1', [id]))[0]?.['attempt']) < 1) await sleep(20);
    while ((await sql(`select 1 from task where job_id = $1 and state = 'queued' and run_after > now()`, [id])).length === 0)
      await sleep(20);
    await on.closeOpened();
    await sql('update task set run_after = now(), ring_at = now() where job_id = $1', [id]); // the wait is over
    await work(echo, { name: 'new' });
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 2, failed: 0 });
  }, 60_000);
});
