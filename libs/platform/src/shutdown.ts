import { setTimeout as sleep } from 'node:timers/promises';
import type { Health } from './health.js';
import type { Log } from './log.js';

export interface ShutdownStep {
  name: string;
  /** Default 5 s. A step that takes longer is left behind, and the next one begins. */
  limitSeconds?: number;
  run: () => unknown;
}

/** The first step of a service that is asked over HTTP: readiness 503 at once, then some time in which it still serves. */
export function drainStep(health: Health, drainSeconds: number): ShutdownStep {
  const run = () => {
    health.drain();
    return sleep(drainSeconds * 1000);
  };
  return { name: 'drain', limitSeconds: drainSeconds + 1, run };
}

/** Runs the steps one after another. One that fails or takes too long is logged, and costs the others nothing. */
export async function runSteps(steps: readonly ShutdownStep[], log: Log): Promise<void> {
  for (const { name, limitSeconds = 5, run } of steps) {
    const limit = new AbortController();
    const overtime = sleep(limitSeconds * 1000, true, { signal: limit.signal }).catch(() => false);
    try {
      const isOvertime = await Promise.race([
        Promise.resolve()
          .then(run)
          .then(() => false),
        overtime,
      ]);
      if (isOvertime) log.error({ step: name, limitSeconds }, 'a shutdown step took too long and was left behind');
    } catch (error) {
      log.error({ step: name, error }, 'a shutdown step failed');
    } finally {
      limit.abort();
    }
  }
}

interface ShutdownOptions {
  log: Log;
  steps: readonly ShutdownStep[];
  /** After so long the process ends, whatever still runs. Default 25 s: Docker and Kubernetes kill after 30 s or less. */
  graceSeconds?: number;
  /** The same when the supervisor is gone: nobody waits, and what this process holds is wanted back. Default 8 s. */
  orphanGraceSeconds?: number;
  /** Default `process.exit`. */
  exit?: (code: number) => void;
}

/**
 * Ends the process in order on SIGTERM, SIGINT or SIGHUP, and when the supervisor that started it is gone (IPC `disconnect`).
 * Another SIGINT, more than a second after the first, ends it at once: npm and the terminal both deliver one Ctrl-C, so that it
 * arrives several times. The returned function begins the same from inside.
 */
export function onShutdown({
  log,
  steps,
  graceSeconds = 25,
  orphanGraceSeconds = 8,
  exit = process.exit,
}: ShutdownOptions): (reason: string) => Promise<void> {
  let ending: Promise<void> | null = null;
  const forceAfter = (seconds: number) => {
    setTimeout(() => {
      log.error({ seconds }, 'the grace period is over: ending by force');
      exit(1);
    }, seconds * 1000).unref();
  };
  const end = async (reason: string): Promise<void> => {
    log.info({ reason }, 'ending');
    forceAfter(graceSeconds);
    await runSteps(steps, log);
    log.info('ended');
    exit(0);
  };
  const begin = (reason: string): Promise<void> => {
    ending ??= end(reason);
    return ending;
  };
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void begin(signal));
  let interruptedMs = Number.POSITIVE_INFINITY;
  process.on('SIGINT', () => {
    if (performance.now() - interruptedMs > 1000) return exit(130);
    interruptedMs = Math.min(interruptedMs, performance.now());
    void begin('SIGINT');
  });
  if (process.connected) {
    process.once('disconnect', () => {
      forceAfter(orphanGraceSeconds);
      void begin('the supervisor is gone');
    });
  }
  return begin;
}
