import { setTimeout as sleep } from 'node:timers/promises';
import type { JobResource } from '@earshot/contracts';
import { exitCodes } from '../exit-codes.js';
import { printData, say } from '../terminal.js';
import type { Server } from './server.js';

const pollMs = 300;

/** For so long after the first Ctrl-C a second one cancels. */
const cancelMs = 3_000;

/**
 * Waits until the job has ended, and tells how far it is on a terminal. Ctrl-C leaves the job to the server and prints its id, as --detach
 * does; a second one cancels it. Then it says the exit code.
 */
export async function waitForJob(
  server: Server,
  accepted: JobResource,
  lineOf = countsLine,
): Promise<{ job: JobResource } | { exitCode: number }> {
  const [first, second] = [new AbortController(), new AbortController()];
  const onInterrupt = () => {
    if (first.signal.aborted) process.off('SIGINT', onInterrupt); // the third one ends the program
    (first.signal.aborted ? second : first).abort();
  };
  process.on('SIGINT', onInterrupt);
  try {
    const job = await ended(server, accepted, lineOf, first.signal);
    if (job !== null) return { job };
    printData(accepted.id);
    say(`The server goes on with job ${accepted.id}; Ctrl-C once more within ${cancelMs / 1_000} s cancels it.`);
    await sleep(cancelMs, undefined, { signal: second.signal }).catch(() => undefined);
    if (!second.signal.aborted) return { exitCode: exitCodes.stillRunning };
    return { job: await server.cancel(accepted.links.cancel) };
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** Polls; null when it is given up before. */
async function ended(
  server: Server,
  accepted: JobResource,
  lineOf: (job: JobResource) => string,
  signal: AbortSignal,
): Promise<JobResource | null> {
  for (let job = accepted, shown = ''; ; ) {
    const line = lineOf(job);
    if (process.stderr.isTTY && line !== shown) say(line);
    shown = line;
    if (job.finishedAt !== null) return job;
    try {
      await sleep(pollMs, undefined, { signal });
      job = await server.job(accepted.links.self, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}

function countsLine({ state, progress: { done, total, unit } }: JobResource): string {
  return `${state}: ${done} of ${total} ${unit}`;
}
