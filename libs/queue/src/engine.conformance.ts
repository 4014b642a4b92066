// What the engine promises, whatever doorbell it has. Run by engine.notify.spec.ts and engine.redis.spec.ts against real servers.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineJob, defineTask, EarshotError, eachChunk, type Job, type Task } from '@earshot/contracts';
import {
  Acceptor,
  Claimer,
  Committer,
  Database,
  type JobRow,
  Listener,
  type NewItem,
  Reconciliation,
  type Workspace,
  Workspaces,
} from '@earshot/database';
import { startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import { z } from 'zod';
import type { Doorbell } from './doorbell/doorbell.js';
import { Dispatcher } from './engine/dispatcher.js';
import { Engine } from './engine/engine.js';
import { JobWaiter } from './engine/job-waiter.js';
import { planOf } from './plan.js';
import type { TaskContext } from './worker/handler.js';
import type { HandledTask } from './worker/handler-registry.js';
import { Worker } from './worker/worker.js';

export interface DoorbellUnderTest {
  open(parts: { database: Database; listener: Listener; prefix: string }): Doorbell;
  /** Loses everything that was rung for. */
  erase(): Promise<void>;
  stop(): Promise<void>;
}

const echoTask = (name: string) =>
  defineTask({
    name,
    queue: 'drill',
    summary: 'Answers with the name of the item',
    input: z.object({ mode: z.string() }),
    itemResult: z.object({ name: z.string().nullable() }),
    itemErrors: ['AUDIO_UNREADABLE', 'CLIP_DELETED'],
    errors: ['STORAGE_UNAVAILABLE'],
  });
const tasks = { first: echoTask('drill.first'), second: echoTask('drill.second'), third: echoTask('drill.third') };
const single = defineJob({
  kind: 'single',
  summary: 'One stage',
  input: z.object({ mode: z.string() }),
  stages: [eachChunk(tasks.first, { items: 4 })],
});
const staged = defineJob({
  kind: 'staged',
  summary: 'Three stages',
  input: z.object({ mode: z.string() }),
  stages: [eachChunk(tasks.first, { items: 1 }), eachChunk(tasks.second, { items: 3 }), eachChunk(tasks.third, { items: 2 })],
});

const modeOf = (input: unknown) => z.object({ mode: z.string() }).parse(input).mode;

type Work = (context: TaskContext<Task>, mode: string) => Promise<void>;

/** Item names tell what happens to them. */
const echo: Work = async ({ items, item }) => {
  for (const { index, customId } of items) {
    await item(index, async () => {
      if (customId?.startsWith('bad')) throw new EarshotError('AUDIO_UNREADABLE', `${customId} is bad`);
      return { name: customId };
    });
  }
};

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const named = (names: string[]): NewItem[] => names.map((customId) => ({ clipId: null, customId }));
const numbered = (count: number) => named(Array.from({ length: count }, (_, i) => `item ${i}`));

export function describeEngine(doorbellName: string, startDoorbell: () => Promise<DoorbellUnderTest>): void {
  describe(`the engine with ${doorbellName} as its doorbell`, () => {
    let postgres: TestPostgres;
    let servers: DoorbellUnderTest;
    let database: Database;
    let listener: Listener;
    let doorbell: Doorbell;
    let engine: Engine;
    let workspace: Workspace;
    let opened: { close(): Promise<void> | void }[] = [];

    beforeAll(async () => {
      [postgres, servers] = await Promise.all([startTestPostgres(), startDoorbell()]);
    }, 60_000);
    afterAll(async () => {
      await servers.stop();
      await postgres.stop();
    });

    beforeEach(async () => {
      const url = await postgres.createDatabase();
      database = new Database({ url, applicationName: 'engine-spec' });
      listener = new Listener({ url, applicationName: 'engine-spec' });
      await listener.start();
      doorbell = servers.open({ database, listener, prefix: randomUUID() });
      engine = new Engine({ database, doorbell, queues: ['drill'], log: silentLog, reconcileMs: 200 });
      engine.start();
      workspace = await new Workspaces(database).named('default');
      opened = [];
    });
    afterEach(async () => {
      await Promise.all(opened.map((part) => part.close()));
      await engine.close();
      await doorbell.close();
      await listener.close();
      await database.close();
    });

    async function work(run: Work = echo, { places = 8 } = {}): Promise<Worker> {
      const handlers = new Map(
        Object.values(tasks).map((task): [string, HandledTask] => [
          task.name,
          { task, handler: { run: (input, context) => run(context, modeOf(input)) } },
        ]),
      );
      const worker = new Worker({
        name: 'spec',
        database,
        listener,
        doorbell,
        queues: ['drill'],
        handlers,
        places,
        log: silentLog,
        heartbeatMs: 300,
        drainMs: 1_000,
      });
      await worker.start();
      opened.push(worker);
      return worker;
    }

    async function ask(job: Job, items: NewItem[], more: { deadlineAt?: Date; waiter?: string; mode?: string } = {}): Promise<string> {
      const id = randomUUID();
      const { tasks: waiting } = await workspace.jobs.createOverClips(
        {
          id,
          kind: job.kind,
          input: { mode: more.mode ?? 'plain' },
          metadata: {},
          priority: 5,
          stages: planOf(job),
          waiter: more.waiter ?? null,
          deadlineAt: more.deadlineAt ?? null,
          retryOf: null,
        },
        items,
      );
      engine.ring(waiting);
      return id;
    }

    async function ended(id: string, timeoutMs = 30_000): Promise<JobRow> {
      for (const deadline = Date.now() + timeoutMs; ; await sleep(20)) {
        const job = await workspace.jobs.get(id);
        if (job.finishedAt !== null) return job;
        if (Date.now() > deadline) throw new Error(`The job is still ${job.state}: ${JSON.stringify(job)}`);
      }
    }

    const names = async (id: string) => (await workspace.jobs.items(id, { limit: 1_000 })).map(({ result }) => result);
    const sql = (text: string, values: unknown[] = []) => database.run<Record<string, unknown>>({ name: '', text }, values);
    const killWorkersOf = (id: string) =>
      sql(`update task set lease_until = now() - interval '1 s' where job_id = $1 and state = 'running'`, [id]);

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
      const [failed] = await workspace.jobs.items(id, { state: 'failed', limit: 10 });
      expect(failed).toMatchObject({ index: 1, result: null, error: { code: 'AUDIO_UNREADABLE', detail: 'bad b is bad' } });
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
      await sql('update task set retries = 5 where job_id = $1', [id]); // those have been in vain
      await work(async ({ items, item }) => {
        for (const { index, customId } of items) {
          await item(index, async () => {
            if (index === 1) throw new EarshotError('STORAGE_UNAVAILABLE', 'this one cannot be read');
            return { name: customId };
          });
        }
      });
      expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 2, failed: 1 });
      const [failed] = await workspace.jobs.items(id, { state: 'failed', limit: 10 });
      expect(failed).toMatchObject({ index: 1, error: { code: 'STORAGE_UNAVAILABLE' } });
    });

    it('tells who waits of the end, with the results of a small job', async () => {
      await work();
      const waiter = new JobWaiter(database, listener);
      await waiter.start();
      opened.push(waiter);
      const id = await ask(single, [], { waiter: waiter.channel });
      expect(await waiter.wait(id, 10_000)).toMatchObject({ jobId: id });
      const other = await ask(single, named(['a', 'bad b']), { waiter: waiter.channel });
      expect(await waiter.wait(other, 10_000)).toMatchObject({ jobId: other });
      expect(await waiter.wait(randomUUID(), 50)).toBeNull();
    });

    it('cancels a waiting job for good', async () => {
      const id = await ask(single, numbered(5));
      expect(await workspace.jobs.cancel(id)).toBe(true);
      await work();
      const other = await ask(single, numbered(1));
      await ended(other);
      expect(await workspace.jobs.get(id)).toMatchObject({ state: 'cancelled', succeeded: 0 });
      expect((await workspace.jobs.items(id, { state: 'cancelled', limit: 10 })).length).toBe(5);
      expect(await workspace.jobs.cancel(id)).toBe(false);
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
      while ((await workspace.jobs.get(id)).state !== 'running') await sleep(10);
      const cancelledAt = Date.now();
      await workspace.jobs.cancel(id);
      await sawAbort;
      expect(Date.now() - cancelledAt).toBeLessThan(2_000);
      expect(await workspace.jobs.get(id)).toMatchObject({ state: 'cancelled', succeeded: 0 });
    });

    it('ends a job that is late as expired', async () => {
      const id = await ask(single, numbered(2), { deadlineAt: new Date(Date.now() + 100) });
      expect(await ended(id)).toMatchObject({ state: 'expired', error: { code: 'JOB_EXPIRED' } });
    });

    it('brings back what a dead worker held', async () => {
      const id = await ask(single, numbered(1));
      await claimed(id);
      await killWorkersOf(id);
      await work();
      expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 1 });
    });

    it('takes no result of an attempt that lost its task', async () => {
      const id = await ask(single, numbered(1));
      const [ghost] = await claimed(id);
      await killWorkersOf(id);
      await work();
      await ended(id);
      const late = await new Committer(database).submit({
        id: ghost!.id,
        attempt: ghost!.attempt,
        items: [{ index: 0, result: { name: 'ghost' } }],
      });
      expect(late).toEqual({ owned: false, opened: [] });
      expect(await names(id)).toEqual([{ name: 'item 0' }]);
    });

    it('splits a chunk whose worker died, and gives up only the item that kills', async () => {
      await work(async (context, mode) => {
        if (context.items.some(({ customId }) => customId === 'poison')) {
          while (!context.signal.aborted) {
            await sql(`update task set lease_until = now() - interval '1 s' where id = $1 and state = 'running'`, [context.taskId]);
            await sleep(100); // its worker is as good as dead: its heartbeats do not count
          }
        }
        await echo(context, mode);
      });
      const id = await ask(single, named(['a', 'b', 'poison', 'd', 'e', 'f']));
      expect(await ended(id, 60_000)).toMatchObject({ state: 'succeeded', succeeded: 5, failed: 1 });
      const [failed] = await workspace.jobs.items(id, { state: 'failed', limit: 10 });
      expect(failed).toMatchObject({ customId: 'poison', error: { code: 'TASK_QUARANTINED' } });
      const [guilty] = await sql('select kills, attempt from task where job_id = $1 and kills > 0', [id]);
      expect(guilty).toMatchObject({ kills: 3 });
    }, 90_000);

    it('lets a worker hold one suspect at a time, and goes through all of them', async () => {
      const alone: number[] = [];
      const release = Promise.withResolvers<void>();
      const id = await ask(single, numbered(24));
      await claimed(id);
      await killWorkersOf(id);
      while ((await sql(`select 1 from task where job_id = $1 and state = 'queued'`, [id])).length < 24) await sleep(20);
      await work(async (context, mode) => {
        const held = await sql(`select 1 from task where job_id = $1 and state = 'running'`, [id]);
        alone.push(held.length);
        await release.promise;
        await echo(context, mode);
      });
      while (alone.length === 0) await sleep(20);
      await sleep(500);
      expect(alone).toEqual([1]);
      release.resolve();
      expect(await ended(id, 10_000)).toMatchObject({ state: 'succeeded', succeeded: 24 });
      expect(new Set(alone)).toEqual(new Set([1]));
    });

    it('lets another process reconcile when the one that does stands still', async () => {
      await engine.close();
      const leads = Promise.withResolvers<void>();
      const goesOn = Promise.withResolvers<void>();
      const still = new Reconciliation(database).asLeader(
        async () => {
          leads.resolve();
          await goesOn.promise;
        },
        { limitMs: 300 },
      );
      await leads.promise;
      const other = new Reconciliation(database);
      expect(await other.asLeader(async () => undefined)).toBe(false);
      await sleep(1_000);
      expect(await other.asLeader(async () => undefined)).toBe(true);
      goesOn.resolve();
      await expect(still).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    });

    it('survives the loss of a connection in the middle of a transaction', async () => {
      const lost = database.transaction(async (client) => {
        const [backend] = await database.run<{ pid: number }>({ name: 'pid', text: 'select pg_backend_pid() as pid' }, [], client);
        await sql('select pg_terminate_backend($1)', [backend?.pid]);
        await sleep(200);
      });
      await expect(lost).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
      await database.ping();
    });

    it('goes on when the doorbell has lost everything', async () => {
      const ids = await Promise.all(Array.from({ length: 5 }, () => ask(single, numbered(4))));
      await servers.erase();
      await work();
      for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 4 });
    });

    it('finds tasks that nobody rang for', async () => {
      await work();
      await new Dispatcher(database, doorbell, ['drill']).dispatch();
      const id = randomUUID();
      await workspace.jobs.createOverClips(
        {
          id,
          kind: 'single',
          input: { mode: 'plain' },
          metadata: {},
          priority: 9,
          stages: planOf(single),
          waiter: null,
          deadlineAt: null,
          retryOf: null,
        },
        numbered(900), // more tasks than are rung for at once
      );
      expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 900 });
    });

    it('tries the failed items of a job again in a linked one', async () => {
      await work();
      const id = await ask(single, named(['a', 'bad b', 'c', 'bad d']));
      await ended(id);
      const retried = await workspace.jobs.retry(id);
      engine.ring(retried?.tasks ?? []);
      const job = await ended(retried!.id);
      expect(job).toMatchObject({ retryOf: id, total: 2, failed: 2 });
      expect((await workspace.jobs.items(job.id, { limit: 10 })).map(({ customId }) => customId)).toEqual(['bad b', 'bad d']);
      const good = await ask(single, named(['a']));
      await ended(good);
      expect(await workspace.jobs.retry(good)).toBeNull();
    });

    it('numbers the events of a job without a gap', async () => {
      await Promise.all([work(), work()]);
      const id = await ask(staged, numbered(30));
      const job = await ended(id);
      const events = await workspace.events.after([{ jobId: id, after: 0 }]);
      expect(events.map(({ number }) => number)).toEqual(Array.from({ length: job.events }, (_, i) => i + 1));
      expect(events.at(0)?.type).toBe('job.started');
      expect(events.filter(({ type }) => type === 'job.stage')).toHaveLength(2);
      expect(events.at(-1)).toMatchObject({ type: 'job.finished', data: { state: 'succeeded', succeeded: 30 } });
    });

    it('takes urgent work before work that was there first', async () => {
      const order: (string | null)[] = [];
      const note: Work = async (context, mode) => {
        order.push(...context.items.map(({ customId }) => customId));
        await echo(context, mode);
      };
      const acceptor = new Acceptor(database);
      const askAt = async (priority: number, name: string) => {
        const id = randomUUID();
        const job = {
          id,
          kind: 'single',
          input: { mode: 'plain' },
          metadata: {},
          priority,
          stages: planOf(single),
          waiter: null,
          deadlineAt: null,
          retryOf: null,
        };
        const { tasks: waiting } = await acceptor.submit({
          requestId: randomUUID(),
          workspaceId: workspace.id,
          createdAt: new Date(),
          clips: [],
          job: { ...job, items: named([name]) },
          keyed: null,
        });
        await doorbell.ring(waiting);
        return id;
      };
      const ids = [await askAt(9, 'low'), await askAt(5, 'normal'), await askAt(0, 'high')];
      await work(note, { places: 1 });
      await Promise.all(ids.map((id) => ended(id)));
      expect(order).toEqual(['high', 'normal', 'low']);
    });

    it('works on no more items at a time than it has places, however many it is rung for', async () => {
      let working = 0;
      let most = 0;
      const id = await ask(staged, numbered(24)); // the first stage has a task for each
      await work(
        async (context, mode) => {
          working += context.items.length;
          most = Math.max(most, working);
          await sleep(20);
          await echo(context, mode);
          working -= context.items.length;
        },
        { places: 3 },
      );
      expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 24 });
      expect(most).toBe(3);
    });

    it('hands back what it cannot finish when it is told to end', async () => {
      const id = await ask(single, numbered(1));
      await work(async ({ signal }) => {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      });
      while ((await workspace.jobs.get(id)).state !== 'running') await sleep(10);
      await Promise.all(opened.splice(0).map((part) => part.close()));
      expect(await sql('select state, suspect from task where job_id = $1', [id])).toEqual([{ state: 'queued', suspect: false }]);
      await work();
      expect(await ended(id)).toMatchObject({ state: 'succeeded' });
    }, 60_000);

    async function claimed(id: string) {
      const waiting = await sql('select id from task where job_id = $1', [id]);
      return new Claimer(database, 'ghost').claim(waiting.map((task) => Number(task['id'])));
    }
  });
}
