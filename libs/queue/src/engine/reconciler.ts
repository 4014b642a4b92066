import {
  Checkpoints,
  Committer,
  coversItems,
  type Database,
  failJob,
  type LookForDead,
  type QuarantinedTask,
  Reconciliation,
  type WaitingTask,
} from '@earshot/database';
import type { EngineLog } from '../log.js';
import type { ItemsListener } from '../worker/task-runner.js';

interface ReconcilerOptions {
  database: Database;
  log: EngineLog;
  onItems?: ItemsListener;
}

/**
 * Brings back what a dead worker held, gives up what kills its workers, ends what is late, lets go of what ended tasks kept. One process
 * at a time does this.
 */
export class Reconciler {
  private readonly reconciliation: Reconciliation;
  private readonly committer: Committer;
  private readonly checkpoints: Checkpoints;

  constructor(
    private readonly options: ReconcilerOptions,
    private readonly ring: (tasks: WaitingTask[]) => void,
  ) {
    this.reconciliation = new Reconciliation(options.database);
    this.committer = new Committer(options.database);
    this.checkpoints = new Checkpoints(options.database);
  }

  /** False when another process was at it. */
  reconcile(): Promise<boolean> {
    return this.reconciliation.asLeader(async () => {
      const look = await this.reconciliation.beginLook();
      if (look !== undefined) await this.bringBack(look);
      await this.checkpoints.release();
      const late = await this.reconciliation.expireJobs();
      if (late.length > 0) this.options.log.info({ jobs: late }, 'Jobs passed their deadline');
    });
  }

  /** What is given up comes last: while a dead worker has anything else it is not. */
  private async bringBack(look: LookForDead): Promise<void> {
    const back = [...(await look.requeueExpired()), ...(await look.splitExpired())];
    if (back.length > 0) {
      this.options.log.warn({ tasks: back.length }, 'Workers died; what they held waits again');
      this.ring(back);
    }
    for (const task of await look.takeQuarantined()) await this.giveUp(task);
  }

  private async giveUp(task: QuarantinedTask): Promise<void> {
    const { id, attempt, jobId, kind, fromIndex } = task;
    const failure = { code: 'TASK_QUARANTINED', detail: 'Its worker died each time this ran alone' };
    this.options.log.error({ taskId: id, jobId, index: fromIndex }, 'A task killed its workers again and again and is given up');
    if (!coversItems(task)) {
      await failJob(this.options.database, task, failure);
      return;
    }
    const items = [{ index: fromIndex, error: failure }];
    const { owned, opened } = await this.committer.submit({ id, attempt, items, failure });
    if (owned) this.options.onItems?.(kind, items);
    this.ring(opened);
  }
}
