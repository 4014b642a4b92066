import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, planOf, type Task } from '@earshot/contracts';
import { type ClaimedTask, Claimer, Database, type JobRow, Listener, type NewItem, type Workspace, Workspaces } from '@earshot/database';
import { guardTransitions, startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import type { Doorbell } from '../doorbell/doorbell.js';
import { Engine } from '../engine/engine.js';
import type { HandledTask } from '../worker/handler-registry.js';
import { Worker, type WorkerOptions } from '../worker/worker.js';
import { echo, modeOf, tasks, type Work } from './drill.js';

export interface DoorbellUnderTest {
  open(parts: { database: Database; listener: Listener; prefix: string }): Doorbell;
  /** Loses everything that was rung for. */
  erase(): Promise<void>;
  stop(): Promise<void>;
}

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface WorkOptions extends Partial<Pick<WorkerOptions, 'slots' | 'name' | 'log' | 'needs' | 'onItems'>> {
  /** The contract as this worker knows it. */
  known?: (task: Task) => Task;
}

/** For a `describe`: real servers, and for each test an engine on an empty database, as the getters show it. */
export function freshEngine(startDoorbell: () => Promise<DoorbellUnderTest>) {
  let postgres: TestPostgres;
  let url: string | undefined;
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
    const isNew = url === undefined;
    url ??= await postgres.createDatabase();
    if (!isNew) await postgres.emptyDatabase(url);
    database = new Database({ url, applicationName: 'engine-spec' });
    listener = new Listener({ url, applicationName: 'engine-spec' });
    await listener.start();
    doorbell = servers.open({ database, listener, prefix: randomUUID() });
    if (isNew) await guardTransitions(database);
    // Somebody has looked for dead workers all the time: what is not seen any more is dead.
    await database.run({ name: '', text: `insert into worker (name, since) values ('reconciler', now() - interval '1 day')` }, []);
    engine = new Engine({ database, doorbell, queues: ['train'], log: silentLog, reconcileMs: 200 });
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

  async function work(run: Work = echo, changes: WorkOptions = {}): Promise<Worker> {
    const { slots = 8, name = 'spec', log = silentLog, needs, onItems, known = (task) => task } = changes;
    const handlers = new Map(
      Object.values<Task>(tasks).map((task): [string, HandledTask] => [
        task.name,
        { task: known(task), handler: { run: (input, context) => run(context, modeOf(input)) } },
      ]),
    );
    const worker = new Worker({
      name,
      database,
      listener,
      doorbell,
      queues: ['train'],
      handlers,
      slots,
      log,
      needs,
      onItems,
      heartbeatMs: 300,
      drainMs: { short: 1_000, long: 1_000 },
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
  /** As if they had not been seen for so long that their leases ran out. */
  const killWorkersOf = (id: string) =>
    sql(
      `with held as (update task set lease_until = now() - interval '1 s' where job_id = $1 and state = 'running' returning worker)
      update worker set seen_at = now() - interval '1 min' where name in (select worker from held)`,
      [id],
    );

  /** As a worker claims that never comes to anything. */
  async function claimed(id: string): Promise<ClaimedTask[]> {
    const waiting = await sql('select id from task where job_id = $1', [id]);
    return new Claimer(database, 'ghost', Object.values(tasks)).claim(waiting.map((task) => Number(task['id'])));
  }

  return {
    work,
    ask,
    ended,
    names,
    sql,
    killWorkersOf,
    claimed,
    /** Has `part` closed after the test. */
    closesLater: (part: { close(): Promise<void> | void }) => void opened.push(part),
    closeOpened: () => Promise.all(opened.splice(0).map((part) => part.close())),
    erase: () => servers.erase(),
    get database() {
      return database;
    },
    get listener() {
      return listener;
    },
    get doorbell() {
      return doorbell;
    },
    get engine() {
      return engine;
    },
    get workspace() {
      return workspace;
    },
  };
}
