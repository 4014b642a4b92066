import type { Database, WaitingTask } from '@earshot/database';
import { Outbox, type QueueRule, QueueRules, UnwrittenTasks } from '@earshot/database';
import type { Doorbell } from '../doorbell/doorbell.js';

/** Tasks rung for in one go. */
const perRing = 500;

/**
 * Rings for tasks that nobody rang for, or whose ring led nowhere. Any number of processes may do this at once: each takes
 * other rows. A task that is rung for twice is harmless.
 */
export class Dispatcher {
  private readonly outbox: Outbox;
  private readonly rules: QueueRules;
  private readonly unwritten: UnwrittenTasks;

  constructor(
    database: Database,
    private readonly doorbell: Doorbell,
    private readonly queues: readonly string[],
  ) {
    this.outbox = new Outbox(database);
    this.rules = new QueueRules(database);
    this.unwritten = new UnwrittenTasks(database);
  }

  /** Writes the tasks that come to be wanted, fills the doorbell's window of each queue; answers how many tasks it rang for. */
  async dispatch(): Promise<number> {
    let rung = 0;
    if ((await this.unwritten.write(this.queues)) > 0) await this.doorbell.wake(this.queues);
    for (const rule of await this.rules.of(this.queues)) if (!rule.paused) rung += await this.fill(rule);
    return rung;
  }

  /** Tells the doorbell of pauses and limits. */
  async tellRules(): Promise<void> {
    for (const rule of await this.rules.of(this.queues)) await this.doorbell.obey(rule);
  }

  /** When the doorbell has lost its rings, everything that waits is due again. */
  async recallForgotten(): Promise<number> {
    let recalled = 0;
    for (const queue of this.queues) {
      if (!(await this.doorbell.hasForgotten(queue))) continue;
      for (let page = perRing; page === perRing; recalled += page) page = await this.outbox.forgetRings(queue, perRing);
    }
    return recalled;
  }

  private async fill({ queue, limitTasks }: QueueRule): Promise<number> {
    let rung = 0;
    for (let room = await this.doorbell.room(queue); room > 0; ) {
      const due: WaitingTask[] = await this.outbox.takeDue(queue, Math.min(perRing, room), { isLimited: limitTasks !== null });
      if (due.length === 0) break;
      await this.doorbell.ring(due);
      rung += due.length;
      room -= due.reduce((sum, { items }) => sum + items, 0);
    }
    return rung;
  }
}
