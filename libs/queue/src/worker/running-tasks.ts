import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError, type Slot, slots } from '@earshot/contracts';
import type { ClaimedTask, Leases } from '@earshot/database';
import type { EngineLog } from '../log.js';
import type { RunningTask } from './running-task.js';
import type { TaskEnd, TaskRunner } from './task-runner.js';

interface RunningTasksOptions {
  /** The name by which this process is known to be alive. */
  worker: string;
  runner: TaskRunner;
  leases: Leases;
  log: EngineLog;
  onTaskEnd?: (end: { task: string; outcome: TaskEnd; seconds: number }) => void;
}

/** What a process has claimed: kept by one heartbeat until it has ended, aborted when it is somebody else's, handed back at the end. */
export class RunningTasks {
  private readonly running = new Set<RunningTask>();
  /** Claims whose tasks are not known yet. */
  private claiming = 0;
  private readonly ending = new AbortController();

  constructor(private readonly options: RunningTasksOptions) {}

  /** From now on the heartbeat keeps what `take` claims, also while it waits for its turn. An ending process gives it back at once. */
  async claim(take: () => Promise<ClaimedTask[]>): Promise<RunningTask[]> {
    if (this.ending.signal.aborted) return [];
    this.claiming += 1;
    try {
      const tasks = await take();
      if (!this.ending.signal.aborted) return tasks.map((task) => this.add(task));
      await this.options.leases.giveBack(tasks);
      return [];
    } finally {
      this.claiming -= 1;
    }
  }

  /** Never rejects. */
  async run(running: RunningTask): Promise<void> {
    const startedAt = performance.now();
    const { task } = running;
    const outcome = await this.options.runner.run(running, this.ending.signal).finally(() => this.running.delete(running));
    running.worked.resolve();
    this.options.onTaskEnd?.({ task: task.name, outcome, seconds: (performance.now() - startedAt) / 1_000 });
  }

  /** What was claimed and has not begun. */
  async giveBack(claimed: RunningTask): Promise<void> {
    this.running.delete(claimed);
    await this.options.leases.giveBack([claimed.task]);
  }

  get hasLong(): boolean {
    return this.of('long').length > 0;
  }

  /** Resolves when no other task of a short slot runs or is being claimed, or when this one is aborted. */
  async whenAlone(one: RunningTask): Promise<void> {
    while ((this.of('short').length > 1 || this.claiming > 0) && !one.abort.signal.aborted) await sleep(20);
  }

  /** Says that this process lives, and extends the leases; what it does not own any more is aborted. */
  async beat(): Promise<void> {
    const beating = [...this.running];
    try {
      const owned = await this.options.leases.extend(
        this.options.worker,
        beating.map(({ task }) => task),
      );
      for (const { task, abort } of beating) {
        if (!owned.has(task.id)) abort.abort(new EarshotError('JOB_CANCELLED', 'The job has ended, or another attempt owns the task'));
      }
    } catch (error) {
      this.options.log.warn({ error }, 'The heartbeat did not reach Postgres');
    }
  }

  abortJob(jobId: string): void {
    for (const { task, abort } of this.running)
      if (task.jobId === jobId) abort.abort(new EarshotError('JOB_CANCELLED', 'The job has ended'));
  }

  /** Lets tasks finish, each kind for its grace, then hands them back. Nothing is claimed any more. */
  async drain(graceMs: Readonly<Record<Slot, number>>): Promise<void> {
    this.ending.abort();
    await this.options.leases.beginEnding(this.options.worker).catch((error: unknown) => {
      this.options.log.warn({ error }, 'Postgres could not be told that this worker ends');
    });
    await Promise.all(slots.map((slot) => this.drainSlot(slot, Date.now() + graceMs[slot])));
  }

  private async drainSlot(slot: Slot, deadline: number): Promise<void> {
    await this.emptyBy(slot, deadline);
    for (const { abort } of this.of(slot)) abort.abort(new EarshotError('SHUTTING_DOWN', 'The worker is ending'));
    await this.emptyBy(slot, deadline + settleMs);
  }

  private async emptyBy(slot: Slot, deadline: number): Promise<void> {
    while ((this.of(slot).length > 0 || this.claiming > 0) && Date.now() < deadline) await sleep(20);
  }

  private of(slot: Slot): RunningTask[] {
    return [...this.running].filter(({ task }) => task.slot === slot);
  }

  private add(task: ClaimedTask): RunningTask {
    const running = { task, abort: new AbortController(), worked: Promise.withResolvers<void>() };
    this.running.add(running);
    return running;
  }
}

/** How long aborted tasks have to stop and be handed back. */
const settleMs = 3_000;
