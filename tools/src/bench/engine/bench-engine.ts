import { setTimeout as sleep } from 'node:timers/promises';
import { type PlannedStage, queueNames } from '@earshot/contracts';
import { Database, type ItemSource, type JobRow, Listener, type NewJob, type Workspace, Workspaces } from '@earshot/database';
import { createLog } from '@earshot/platform';
import { type Doorbell, Engine, openDoorbell } from '@earshot/queue';
import { v7 as uuid } from 'uuid';
import type { Servers } from '../../stack/servers.js';

/** The part of the engine that a gateway runs, in this process. */
export class BenchEngine {
  private constructor(
    readonly database: Database,
    readonly workspace: Workspace,
    private readonly listener: Listener,
    private readonly doorbell: Doorbell,
    private readonly engine: Engine,
  ) {}

  static async start({ databaseUrl: url, redis }: Servers): Promise<BenchEngine> {
    const log = createLog({ service: 'bench', level: 'warn' });
    const database = new Database({ url, applicationName: 'bench' });
    const listener = new Listener({ url, applicationName: 'bench' });
    await listener.start();
    const doorbell = openDoorbell({ redisUrl: redis?.url, database, listener, log });
    const engine = new Engine({ database, doorbell, queues: queueNames, log });
    engine.start();
    return new BenchEngine(database, await new Workspaces(database).named('default'), listener, doorbell, engine);
  }

  /** Writes the rows of a job, and rings for what is to be rung for at once. */
  async accept(kind: string, stages: PlannedStage[], items: ItemSource, input: object = {}): Promise<{ id: string; total: number }> {
    const job: NewJob = { id: uuid(), kind, input, metadata: {}, priority: 5, stages, waiter: null, deadlineAt: null, retryOf: null };
    const { total, tasks } = await this.workspace.jobs.createOverClips(job, items);
    this.engine.ring(tasks);
    return { id: job.id, total };
  }

  /** The job when it has ended. Its own times are exact: asking more often would cost what is measured. */
  async ended(id: string): Promise<JobRow & { finishedAt: Date }> {
    for (;;) {
      const { finishedAt, ...job } = await this.workspace.jobs.get(id);
      if (finishedAt !== null) return { ...job, finishedAt };
      await sleep(200);
    }
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.doorbell.close();
    await this.listener.close();
    await this.database.close();
  }
}
