import { setTimeout as sleep } from 'node:timers/promises';
import { stepsOfFit } from '../load/long-jobs.js';
import { longFit } from '../long/long.jobs.js';
import { type LongLine, readLongLog } from '../long/long-log.js';
import type { Part, Run } from '../run.js';
import type { Supervised } from '../stack/supervised.js';

/** For a fit to have a checkpoint: their jobs come one after the other. */
const patienceMs = 20_000;
/** Who wrote nothing for so long is in no fit any more. */
const silentMs = 1_000;

/** SIGKILL to a worker in the middle of a fit that has something to go on from; by chance alone some runs would kill none. */
export const killFits: Part = {
  name: 'kill-fits',
  isFault: true,
  atLeast: ({ fitKills }) => ({ fitsKilled: fitKills, fitsResumed: fitKills }),
  async run(run) {
    for await (const _ of run.spread(run.sizes.fitKills, { from: 0.05, to: 0.75 })) {
      const fitting = await untilFitting(run);
      if (fitting === undefined) continue;
      fitting.kill();
      run.count('fitsKilled');
      run.tell('fit killed', fitting.options.name);
    }
  },
};

async function untilFitting({ stack }: Run): Promise<Supervised | undefined> {
  for (const endMs = Date.now() + patienceMs; Date.now() < endMs; await sleep(50)) {
    const pids = pidsWithCheckpoint(stack.longLog);
    const fitting = stack.drillWorkers.find(({ isReady, isStopped, pid }) => isReady && !isStopped && pid !== undefined && pids.has(pid));
    if (fitting !== undefined) return fitting;
  }
  return undefined;
}

/** Of processes in a fit that has a checkpoint, and of which half is left: it cannot end before it is killed. */
function pidsWithCheckpoint(longLog: string): Set<number> {
  const fits = readLongLog(longLog).filter(({ task }) => task === longFit.name);
  const saved = new Set(fits.filter(({ event }) => event === 'checkpoint').map(({ jobId }) => jobId));
  const newest = new Map(fits.map((line) => [line.pid, line]));
  const isFitting = ({ jobId, step, atMs }: LongLine) => saved.has(jobId) && step <= stepsOfFit / 2 && Date.now() - atMs < silentMs;
  return new Set([...newest.values()].filter(isFitting).map(({ pid }) => pid));
}
