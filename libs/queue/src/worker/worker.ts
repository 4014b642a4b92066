import { Claimer, type Database, endedJobsChannel, Leases, type Listener } from '@earshot/database';
import type { Doorbell } from '../doorbell/doorbell.js';
import { Repeated, type Sooner } from '../engine/repeated.js';
import type { EngineLog } from '../log.js';
import type { HandledTask } from './handler-registry.js';
import { Intake } from './intake.js';
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
  /** Items worked on at the same time. */
  slots: number;
  log: EngineLog;
  /** Runs a task so that its log lines tell whose they are. */
  inContext?: TaskContextRunner;
  /** How often leases are extended; 3 s by default. */
  heartbeatMs?: number;
  /** How long running tasks may go on when the process is told to end; 15 s by default. Then they are handed back. */
  drainMs?: number;
  onItems?: ItemsListener;
  onTaskEnd?: (end: { task: string; outcome: TaskEnd; seconds: number }) => void;
}

/** How often a worker looks for a suspect. */
const suspectsMs = 1_000;

/** A process that works: it takes tasks as it has slots for them, has them run, and keeps their leases. */
export class Worker {
  readonly queues: readonly string[];
  private readonly claimer: Claimer;
  private readonly running: RunningTasks;
  private readonly intake: Intake;
  private readonly suspects: Repeated;
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly options: WorkerOptions) {
    const { database, name, queues, handlers, slots, log, onTaskEnd } = options;
    this.queues = queues;
    this.claimer = new Claimer(
      database,
      name,
      [...handlers.values()].map(({ task }) => task),
    );
    this.running = new RunningTasks({ worker: name, runner: new TaskRunner(options), leases: new Leases(database), log, onTaskEnd });
    this.intake = new Intake({ queues, slots, claimer: this.claimer, running: this.running });
    this.suspects = new Repeated(
      () => this.takeSuspect(),
      suspectsMs,
      (error) => log.debug({ error }, 'Suspects could not be looked for'),
    );
  }

  async start(): Promise<void> {
    await this.options.listener.listen(endedJobsChannel, (jobId) => this.running.abortJob(jobId));
    void this.running.beat(); // it is known to live before it claims
    this.heartbeat = setInterval(() => void this.running.beat(), this.options.heartbeatMs ?? 3_000);
    await this.subscribe();
    this.suspects.start();
  }

  /** Subscribes to the doorbell, also anew, with new connections. */
  subscribe(): Promise<void> {
    return this.intake.subscribe((subscriber) => this.options.doorbell.subscribe(subscriber));
  }

  /** Takes nothing more, lets short tasks finish, hands the others back. */
  async close(): Promise<void> {
    const closed = [this.intake.close(), this.suspects.stop()];
    await this.running.drain(this.options.drainMs ?? 15_000);
    await Promise.all(closed);
    clearInterval(this.heartbeat);
  }

  /** Whether it has free slots, yet has not looked for work for that long. */
  hasIgnoredWorkFor(ms: number): boolean {
    return this.intake.hasIgnoredWorkFor(ms);
  }

  /**
   * A task under which a worker died runs with nothing beside it: if its worker dies then, it was the one. Until it has ended this process
   * begins nothing else; other workers do.
   */
  private async takeSuspect(): Promise<Sooner | undefined> {
    const [suspect] = await this.running.claim(() => this.claimer.claimSuspect(this.queues));
    if (suspect === undefined) return undefined;
    this.intake.pause();
    await this.running.whenAlone(suspect);
    await this.running.run(suspect);
    this.intake.resume();
    return { inMs: 0 };
  }
}
