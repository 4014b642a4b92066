// What is promised of jobs, whatever the doorbell. Against real servers.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import { JobWaiter } from '../engine/job-waiter.js';
import { notify, redis } from '../testing/doorbells.js';
import { echo, named, numbered, single, staged } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';

describe.each([notify, redis])('jobs with $doorbell as the doorbell', ({ start }) => {
  const on = freshEngine(start);
  const { work, ask, ended, names, sql } = on;

  it('brings a result for each item, in the order of the items', async () => {
    await work();
    const id = await ask(single, numbered(10));
    expect(await ended(id)).toMatchObject({ state: 'succeeded', total: 10, succeeded: 10, failed: 0, tasks: 3, tasksRemaining: 0 });
    expect(await names(id)).toEqual(numbered(10).map(({ customId }) => ({ name: customId })));
  });

  it('does the work of a job without items once', async () => {
    const runs: number[] = [];
    await work(async ({ taskId }) => void runs.push(taskId));
    expect(await ended(await ask(single, []))).toMatchObject({ state: 'succeeded', total: 0 });
    expect(runs).toHaveLength(1);
  });

  it('opens each stage once, after the one before', async () => {
    await Promise.all([work(), work()]);
    const id = await ask(staged, numbered(40));
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 40, stages: 3, tasks: 40 + 14 + 20, tasksRemaining: 0 });
    const stages = await sql('select opened, opened_at, closed_at from stage where job_id = $1 order by index', [id]);
    expect(stages.map(({ opened: times }) => times)).toEqual([1, 1, 1]);
    for (const [before, after] of [stages.slice(0, 2), stages.slice(1)]) {
      expect(Number(before?.['closed_at'])).toBeLessThanOrEqual(Number(after?.['opened_at']));
    }
  });

  it('closes a job of many tasks that end at the same moment', async () => {
    await Promise.all([work(), work(), work(), work()]);
    const ids = await Promise.all(Array.from({ length: 20 }, () => ask(single, numbered(32))));
    for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 32 });
  });

  it('fails a bad item without a cost to the others', async () => {
    await work();
    const id = await ask(single, named(['a', 'bad b', 'c', 'd', 'e']));
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 4, failed: 1, error: null });
    const [failed] = await on.workspace.jobs.items(id, { state: 'failed', limit: 10 });
    expect(failed).toMatchObject({ index: 1, result: null, error: { code: 'AUDIO_UNREADABLE', detail: 'bad b is bad' } });
  });

  it('tells of each task and each failed item in the log, and of every item in numbers', async () => {
    const lines: object[] = [];
    const told: [string, unknown[]][] = [];
    const silent = { debug: () => undefined, warn: () => undefined, error: () => undefined };
    const log = { ...silent, info: (fields: object, message: string) => lines.push({ ...fields, message }) };
    await work(echo, { log, onItems: (kind, items) => told.push([kind, [...items]]) });
    await ended(await ask(single, named(['a', 'bad b'])));
    for (const deadline = Date.now() + 5_000; lines.length < 2 && Date.now() < deadline; ) await sleep(10); // the commit comes first
    expect(lines).toEqual([
      expect.objectContaining({ message: 'An item failed', index: 1, code: 'AUDIO_UNREADABLE', detail: 'bad b is bad' }),
      expect.objectContaining({ message: 'task', outcome: 'succeeded', items: 2 }),
    ]);
    expect(told).toEqual([[single.kind, [expect.objectContaining({ result: expect.anything() }), expect.objectContaining({ index: 1 })]]]);
  });

  it('fails a job when each of its items did', async () => {
    await work();
    expect(await ended(await ask(single, named(['bad a'])))).toMatchObject({ state: 'failed', error: { code: 'AUDIO_UNREADABLE' } });
    expect(await ended(await ask(single, named(['bad a', 'bad b'])))).toMatchObject({
      state: 'failed',
      error: { code: 'ALL_ITEMS_FAILED' },
    });
  });

  it('carries an item that failed in an early stage through to the end', async () => {
    await work();
    const id = await ask(staged, named(['a', 'bad b', 'c']));
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 2, failed: 1 });
    expect(await ended(await ask(staged, named(['bad'])))).toMatchObject({ state: 'failed', error: { code: 'AUDIO_UNREADABLE' } });
  });

  it('loses nothing when a chunk fails whose items all have failed before', async () => {
    const id = await ask(single, numbered(8));
    await sql(
      `with failed as (update item set state = 'failed', error = '{"code": "CLIP_DELETED", "detail": "by this spec"}'
           where job_id = $1 and index < 4 returning 1)
         update job set failed = (select count(*) from failed) where id = $1`,
      [id],
    );
    await work(async (context, mode) => {
      if (context.items.length === 0) throw new EarshotError('BLOB_LOST', 'nothing is there for it to work on');
      await echo(context, mode);
    });
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 4, failed: 4 });
  });

  it('says that an item has no result when its handler forgot it', async () => {
    await work(async () => undefined);
    const id = await ask(single, numbered(1));
    expect(await ended(id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
  });

  it('tries a task again when its failure was a passing one', async () => {
    let failures = 2;
    await work(async (context, mode) => {
      if (failures-- > 0) throw new EarshotError('STORAGE_UNAVAILABLE', 'away');
      await echo(context, mode);
    });
    expect(await ended(await ask(single, numbered(2)))).toMatchObject({ state: 'succeeded', succeeded: 2 });
  });

  it('tries a task again when a passing failure hit one of its items', async () => {
    let failures = 1;
    await work(async ({ items, item }) => {
      for (const { index, customId } of items) {
        await item(index, async () => {
          if (index === 1 && failures-- > 0) throw new EarshotError('STORAGE_UNAVAILABLE', 'away');
          return { name: customId };
        });
      }
    });
    expect(await ended(await ask(single, numbered(3)))).toMatchObject({ state: 'succeeded', succeeded: 3, failed: 0 });
  });

  it('fails only the items that a failure hit which did not pass', async () => {
    const id = await ask(single, numbered(3));
    await sql('update task set waits = 25 where job_id = $1', [id]); // those have been in vain
    await work(async ({ items, item }) => {
      for (const { index, customId } of items) {
        await item(index, async () => {
          if (index === 1) throw new EarshotError('STORAGE_UNAVAILABLE', 'this one cannot be read');
          return { name: customId };
        });
      }
    });
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 2, failed: 1 });
    const [failed] = await on.workspace.jobs.items(id, { state: 'failed', limit: 10 });
    expect(failed).toMatchObject({ index: 1, error: { code: 'STORAGE_UNAVAILABLE' } });
  });

  it('tells who waits of the end, with the results of a small job', async () => {
    await work();
    const waiter = new JobWaiter(on.database, on.listener);
    await waiter.start();
    on.closesLater(waiter);
    const id = await ask(single, [], { waiter: waiter.channel });
    expect(await waiter.wait(id, 10_000)).toMatchObject({ jobId: id });
    const other = await ask(single, named(['a', 'bad b']), { waiter: waiter.channel });
    expect(await waiter.wait(other, 10_000)).toMatchObject({ jobId: other });
    expect(await waiter.wait(randomUUID(), 50)).toBeNull();
  });

  it('cancels a waiting job for good', async () => {
    const id = await ask(single, numbered(5));
    expect(await on.workspace.jobs.cancel(id)).toBe(true);
    await work();
    const other = await ask(single, numbered(1));
    await ended(other);
    expect(await on.workspace.jobs.get(id)).toMatchObject({ state: 'cancelled', succeeded: 0 });
    expect((await on.workspace.jobs.items(id, { state: 'cancelled', limit: 10 })).length).toBe(5);
    expect(await on.workspace.jobs.cancel(id)).toBe(false);
  });

  it('aborts a running job within two seconds and takes no result of it', async () => {
    let aborted: () => void = () => undefined;
    const sawAbort = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    await work(async (context, mode) => {
      await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve()));
      aborted();
      await echo(context, mode);
    });
    const id = await ask(single, numbered(1));
    while ((await on.workspace.jobs.get(id)).state !== 'running') await sleep(10);
    const cancelledAt = Date.now();
    await on.workspace.jobs.cancel(id);
    await sawAbort;
    expect(Date.now() - cancelledAt).toBeLessThan(2_000);
    expect(await on.workspace.jobs.get(id)).toMatchObject({ state: 'cancelled', succeeded: 0 });
  });

  it('ends a job that is late as expired', async () => {
    const id = await ask(single, numbered(2), { deadlineAt: new Date(Date.now() + 100) });
    expect(await ended(id)).toMatchObject({ state: 'expired', error: { code: 'JOB_EXPIRED' } });
  });

  it('tries the failed items of a job again in a linked one', async () => {
    await work();
    const id = await ask(single, named(['a', 'bad b', 'c', 'bad d']));
    await ended(id);
    const retried = await on.workspace.jobs.retry(id);
    on.engine.ring(retried?.tasks ?? []);
    const job = await ended(retried!.id);
    expect(job).toMatchObject({ retryOf: id, total: 2, failed: 2 });
    expect((await on.workspace.jobs.items(job.id, { limit: 10 })).map(({ customId }) => customId)).toEqual(['bad b', 'bad d']);
    const good = await ask(single, named(['a']));
    await ended(good);
    expect(await on.workspace.jobs.retry(good)).toBeNull();
  });

  it('tells of the end of a retried job at once, too', async () => {
    await work();
    const told = Promise.withResolvers<unknown>();
    const channel = `spec_${randomUUID().replaceAll('-', '')}`;
    await on.listener.listen(channel, (payload) => told.resolve(JSON.parse(payload)));
    const id = await ask(single, named(['a', 'bad b']));
    await ended(id);
    const retried = await on.workspace.jobs.retry(id, { id: randomUUID(), waiter: channel });
    on.engine.ring(retried?.tasks ?? []);
    expect(await told.promise).toMatchObject({ jobId: retried?.id, state: 'failed', failed: 1 });
  });

  it('numbers the events of a job without a gap', async () => {
    await Promise.all([work(), work()]);
    const id = await ask(staged, numbered(30));
    const job = await ended(id);
    const events = await on.workspace.events.after([{ jobId: id, after: 0 }]);
    expect(events.map(({ number }) => number)).toEqual(Array.from({ length: job.events }, (_, i) => i + 1));
    expect(events.at(0)?.type).toBe('job.started');
    expect(events.filter(({ type }) => type === 'job.stage')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: 'job.finished', data: { state: 'succeeded', succeeded: 30 } });
  });
});
