import type { EngineLog } from '../log.js';
import { Repeated } from '../repeated.js';
import type { Worker } from './worker.js';

interface WatchdogOptions {
  worker: Pick<Worker, 'hasIgnoredWorkFor' | 'subscribe'>;
  log: EngineLog;
  /** Called when a new subscription did not help: the process is of no use any more. */
  onStuck: (reason: string) => void;
  /** How long work may wait without a look at it; 60 s by default. */
  patienceMs?: number;
}

/**
 * Notices a worker that has gone deaf: work waits, slots are free, and yet it has not looked for a minute. It is subscribed to the doorbell
 * anew; if it does not look for another minute it is given up. While Postgres is away nothing is said: a restart would help nobody.
 */
export class Watchdog {
  private readonly rounds: Repeated;
  private readonly patienceMs: number;
  private subscribedAnewMs: number | null = null;

  constructor(private readonly options: WatchdogOptions) {
    this.patienceMs = options.patienceMs ?? 60_000;
    this.rounds = new Repeated(
      () => this.look(),
      this.patienceMs / 6,
      (error) => options.log.debug({ error }, 'The watchdog could not look'),
    );
  }

  start(): void {
    this.rounds.start();
  }

  async stop(): Promise<void> {
    await this.rounds.stop();
  }

  private async look(): Promise<void> {
    const { worker, log, onStuck } = this.options;
    const { patienceMs, subscribedAnewMs } = this;
    if (!(await worker.hasIgnoredWorkFor(patienceMs))) {
      this.subscribedAnewMs = null;
    } else if (subscribedAnewMs === null) {
      log.error({}, 'Work waits and nothing was claimed for a while: the worker subscribes to the doorbell anew');
      this.subscribedAnewMs = Date.now();
      await worker.subscribe();
    } else if (Date.now() - subscribedAnewMs > patienceMs) {
      onStuck(`Work waits, and nothing was claimed for ${Math.round(patienceMs / 1_000)} s after subscribing to the doorbell anew`);
    }
  }
}
