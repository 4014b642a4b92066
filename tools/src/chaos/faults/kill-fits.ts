import { setTimeout as sleep } from 'node:timers/promises';
import { stepsOfFit } from '../load/long-jobs.js';
import { longFit } from '../long/long.jobs.js';
import { type LongLine, readLongLog } from '../long/long-log.js';
import type { Part, Run } from '../run.js';
import type { Supervised } from '../stack/supervised.js';

/** For others to come to a checkpoint, and so that a fit is not killed as often as it begins. */
const pauseMs = 5_000;
/** Each look reads the whole log of the fits. */
const lookEveryMs = 250;
/** Of a fit that is killed: so much is left that it cannot end before. */
const mostSteps = 0.8 * stepsOfFit;
/** Fits that had to wait for PostgreSQL through all the other faults go on only when those are over. */
const longestShare = 1.15;
/** Who wrote nothing for so long is in no fit any more. */
const silentMs = 1_000;

/** SIGKILL to a worker in the middle of a fit that has something to go on from; by chance alone some runs would kill none. */
export const killFits: Part = {
  name: 'kill-fits',
  isFault: true,
  // Whoever killed them; in the short form no fit may come so far as to be killed.
  atLeast: ({ longJobs }) => ({ fitsKilled: 0, fitsResumed: Math.floor(longJobs / 3) }),
  async run(run) {
    for (let n = 0; n < run.sizes.fitKills; n++) {
      const fitting = await untilFitting(run);
      if (fitting === undefined) return;
      fitting.kill();
      run.count('fitsKilled');
      run.tell('fit killed', fitting.options.name);
      await sleep(pauseMs);
    }
  },
};

async function untilFitting(run: Run): Promise<Supervised | undefined> {
  const { stack, sizes } = run;
  for (; run.seconds * 1_000 < longestShare * sizes.overMs; await sleep(lookEveryMs)) {
    const pids = pidsWithCheckpoint(stack.longLog);
    const fitting = stack.drillWorkers.find(({ isReady, isStopped, pid }) => isReady && !isStopped && pid !== undefined && pids.has(pid));
    if (fitting !== undefined) return fitting;
  }
  return undefined;
}

/** Of processes in a fit that has a checkpoint and goes on for a while. */
function pidsWithCheckpoint(longLog: string): Set<number> {
  const fits = readLongLog(longLog).filter(({ task }) => task === longFit.name);
  const saved = new Set(fits.filter(({ event }) => event === 'checkpoint').map(({ jobId }) => jobId));
  const newest = new Map(fits.map((line) => [line.pid, line]));
  const isFitting = ({ jobId, step, atMs }: LongLine) => saved.has(jobId) && step <= mostSteps && Date.now() - atMs < silentMs;
  return new Set([...newest.values()].filter(isFitting).map(({ pid }) => pid));
}
