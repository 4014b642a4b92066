import { type Database, Outbox } from '@earshot/database';
import { Repeated } from '../engine/repeated.js';
import type { EngineLog } from '../log.js';
import type { Worker } from './worker.js';

interface WatchdogOptions {
  worker: Worker;
  database: Database;
  log: EngineLog;
  /** Called when hearing anew did not help: the process is of no use any more. */
  onStuck: (reason: string) => void;
  /** How long work may wait without a look at it; 60 s by default. */
  patienceMs?: number;
}

/**
 * Notices a worker that has gone deaf: work waits, places are free, and yet it has not looked for a minute. It is made to hear
 * anew; if that does not help either it is given up. While Postgres is away nothing is said: a restart would help nobody.
 */
export class Watchdog {
  private readonly outbox: Outbox;
  private readonly rounds: Repeated;
  private hasHeardAgain = false;

  constructor(private readonly options: WatchdogOptions) {
    this.outbox = new Outbox(options.database);
    const patienceMs = options.patienceMs ?? 60_000;
    this.rounds = new Repeated(
      () => this.look(patienceMs),
      patienceMs / 6,
      (error) => options.log.debug({ error }, 'The watchdog could not look'),
    );
  }

  start(): void {
    this.rounds.start();
  }

  async stop(): Promise<void> {
    await this.rounds.stop();
  }

  private async look(patienceMs: number): Promise<void> {
    const { worker, log, onStuck } = this.options;
    if (!worker.hasIgnoredWorkFor(patienceMs)) {
      this.hasHeardAgain = false;
      return;
    }
    if (!(await this.outbox.hasWaitingSince(worker.queues, patienceMs))) return;
    if (this.hasHeardAgain) {
      onStuck(`Work waits, and nothing was claimed for ${Math.round(patienceMs / 1_000)} s although the doorbell was heard anew`);
      return;
    }
    log.error({}, 'Work waits and nothing was claimed for a while: the doorbell is heard anew');
    this.hasHeardAgain = true;
    await worker.hearAgain();
  }
}
