import { Committer, coversItems, type Database, failJob, type QuarantinedTask, Reconciliation, type WaitingTask } from '@earshot/database';
import type { EngineLog } from '../log.js';

/** Brings back what a dead worker held, gives up what kills its workers, ends what is late. One process at a time does this. */
export class Reconciler {
  private readonly reconciliation: Reconciliation;
  private readonly committer: Committer;

  constructor(
    private readonly database: Database,
    private readonly ring: (tasks: WaitingTask[]) => void,
    private readonly log: EngineLog,
  ) {
    this.reconciliation = new Reconciliation(database);
    this.committer = new Committer(database);
  }

  /** False when another process was at it. */
  reconcile(): Promise<boolean> {
    return this.reconciliation.asLeader(async () => {
      if (await this.reconciliation.beginLook()) await this.bringBack();
      const late = await this.reconciliation.expireJobs();
      if (late.length > 0) this.log.info({ jobs: late }, 'Jobs passed their deadline');
    });
  }

  private async bringBack(): Promise<void> {
    for (const task of await this.reconciliation.takeQuarantined()) await this.giveUp(task);
    const back = [...(await this.reconciliation.requeueExpired()), ...(await this.reconciliation.splitExpired())];
    if (back.length === 0) return;
    this.log.warn({ tasks: back.length }, 'Workers died; what they held waits again');
    this.ring(back);
  }

  private async giveUp(task: QuarantinedTask): Promise<void> {
    const { id, attempt, jobId, fromIndex } = task;
    const failure = { code: 'TASK_QUARANTINED', detail: 'Its worker died each time this ran alone' };
    this.log.error({ taskId: id, jobId, index: fromIndex }, 'A task killed its workers again and again and is given up');
    if (!coversItems(task)) {
      await failJob(this.database, task, failure);
      return;
    }
    const { opened } = await this.committer.submit({ id, attempt, items: [{ index: fromIndex, error: failure }], failure });
    this.ring(opened);
  }
}
