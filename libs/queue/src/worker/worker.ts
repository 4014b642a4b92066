import { setTimeout as sleep } from 'node:timers/promises';
import { type Slot, slots } from '@earshot/contracts';
import { Claimer, type Database, endedJobsChannel, Leases, type Listener } from '@earshot/database';
import type { Doorbell } from '../doorbell/doorbell.js';
import type { EngineLog } from '../log.js';
import { Repeated } from '../repeated.js';
import type { HandledTask } from './handler-registry.js';
import { Intake } from './intake.js';
import type { RunningTask } from './running-task.js';
import { RunningTasks } from './running-tasks.js';
import { type ItemsListener, type TaskContextRunner, type TaskEnd, TaskRunner } from './task-runner.js';

export interface WorkerOptions {
  /** Shown in the task rows. */
  name: string;
  database: Database;
  listener: Listener;
  doorbell: Doorbell;
  queues: readonly string[];
  handlers: ReadonlyMap<string, HandledTask>;
  /** Items of short tasks worked on at the same time. */
  slots: number;
  /** Long tasks at the same time; 1 by default. They neither take the slots of short ones nor wait for them. */
  longSlots?: number;
  log: EngineLog;
  /** Runs a task so that its log lines tell whose they are. */
  inContext?: TaskContextRunner;
  /** What its tasks cannot do without, beside the database: while one of these rejects it begins nothing. */
  needs?: readonly (() => Promise<unknown>)[];
  /** How often leases are extended; 3 s by default. */
  heartbeatMs?: number;
  /** How long running tasks may go on when the process is told to end, 15 s by default; long ones are asked for a checkpoint. Then they are handed back. */
  drainMs?: Partial<Record<Slot, number>>;
  onItems?: ItemsListener;
  onTaskEnd?: (end: { task: string; outcome: TaskEnd; seconds: number }) => void;
}

/** How often a worker looks for a suspect, and at what it needs. */
const lookMs = 1_000;
/** So long others may begin between two suspects: a ring needs some milliseconds to come. */
const betweenSuspectsMs = 50;
/** For so long a worker with a long task under way leaves a suspect to others: if it is to blame, the long task dies with it for nothing. */
const leftToOthersSeconds = 5;

/** A process that works: it takes tasks as it has slots for them, has them run, and keeps their leases. */
export class Worker {
  readonly queues: readonly string[];
  private readonly running: RunningTasks;
  private readonly intakes: Intake[];
  private readonly suspects: Repeated;
  private readonly needs: Repeated;
  private hasWhatItNeeds = true;
  private readonly claimer: Claimer;
  /** Resolves once it has looked for a suspect for the first time. */
  private readonly hasLooked = Promise.withResolvers<void>();
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly options: WorkerOptions) {
    const { database, name, queues, handlers, slots: shortSlots, longSlots = 1, log, onTaskEnd } = options;
    this.queues = queues;
    this.running = new RunningTasks({ worker: name, runner: new TaskRunner(options), leases: new Leases(database), log, onTaskEnd });
    const able = (slot: Slot) => [...handlers.values()].map(({ task }) => task).filter((task) => task.slot === slot);
    const count = { short: shortSlots, long: longSlots };
    this.intakes = slots
      .filter((slot) => able(slot).length > 0)
      .map((slot) => {
        const claimer = new Claimer(database, name, able(slot));
        return new Intake({ queues, slot, slots: count[slot], claimer, running: this.running });
      });
    this.claimer = new Claimer(database, name, able('short'));
    this.suspects = new Repeated(
      () => this.takeSuspects(),
      lookMs,
      (error) => log.debug({ error }, 'Suspects could not be looked for'),
    );
    this.needs = new Repeated(
      () => this.lookAtNeeds(),
      lookMs,
      (error) => this.lack(error),
    );
  }

  async start(): Promise<void> {
    await this.options.listener.listen(endedJobsChannel, (jobId) => this.running.abortJob(jobId));
    void this.running.beat(); // it is known to live before it claims
    this.heartbeat = setInterval(() => void this.running.beat(), this.options.heartbeatMs ?? 3_000);
    await this.lookAtNeeds().catch((error: unknown) => this.lack(error));
    this.needs.start();
    this.suspects.start();
    await this.hasLooked.promise; // so that no long task begins beside a suspect
    await this.subscribe();
  }

  /** Subscribes to the doorbell, also anew, with new connections. */
  async subscribe(): Promise<void> {
    for (const intake of this.intakes) await intake.subscribe((subscriber) => this.options.doorbell.subscribe(subscriber));
  }

  /** Takes nothing more, lets short tasks finish, hands the others back. */
  async close(): Promise<void> {
    const closed = [...this.intakes.map((intake) => intake.close()), this.suspects.stop(), this.needs.stop()];
    await this.running.drain({ short: 15_000, long: 15_000, ...this.options.drainMs });
    await Promise.all(closed);
    clearInterval(this.heartbeat);
  }

  /** Whether work has waited for that long for which it has slots, and it has not looked. */
  async hasIgnoredWorkFor(ms: number): Promise<boolean> {
    return (await Promise.all(this.intakes.map((intake) => intake.hasIgnoredWorkFor(ms)))).includes(true);
  }

  /**
   * A short task under which a worker died runs with no other beside it: if its worker dies then, it was the one. Until it has ended this
   * process begins nothing else; other workers do. Between two of them it may begin short ones, and long ones after the last.
   */
  private async takeSuspects(): Promise<void> {
    try {
      let suspect = await this.claimSuspect().finally(() => this.hasLooked.resolve());
      for (; suspect !== undefined; suspect = await this.claimSuspect()) {
        await this.running.run(suspect);
        this.intakes.find(({ slot }) => slot === 'short')?.resume('suspect');
        await sleep(betweenSuspectsMs);
      }
    } finally {
      for (const intake of this.intakes) intake.resume('suspect');
    }
  }

  /** One that runs alone now. Where a long task began while it was claimed it is left to others for a while, as it would have been before. */
  private async claimSuspect(): Promise<RunningTask | undefined> {
    if (!this.hasWhatItNeeds) return undefined;
    const hadLong = this.running.hasLong;
    const waitedSeconds = hadLong ? leftToOthersSeconds : 0;
    const [suspect] = await this.running.claim(() => this.claimer.claimSuspect(this.queues, { waitedSeconds }));
    if (suspect === undefined) return undefined;
    for (const intake of this.intakes) intake.pause('suspect');
    await this.running.whenAlone(suspect);
    if (hadLong || !this.running.hasLong) return suspect;
    await this.running.giveBack(suspect);
    return undefined;
  }

  private async lookAtNeeds(): Promise<void> {
    await Promise.all((this.options.needs ?? []).map((need) => need()));
    if (!this.hasWhatItNeeds) this.options.log.info({}, 'What its tasks need is there again; work is taken');
    this.hasWhatItNeeds = true;
    for (const intake of this.intakes) intake.resume('need');
  }

  /** Others may have what this one lacks. */
  private lack(error: unknown): void {
    if (this.hasWhatItNeeds) this.options.log.warn({ error }, 'What its tasks need is away; no work is taken meanwhile');
    this.hasWhatItNeeds = false;
    for (const intake of this.intakes) intake.pause('need');
  }
}
