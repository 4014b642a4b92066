import { setTimeout as sleep } from 'node:timers/promises';
import { closeJobs } from '@earshot/database';
import type { Random } from '../../random.js';
import type { Part, Run } from '../run.js';
import { cancelJob, resultsOf } from './cancel-job.js';
import { follow } from './follow.js';
import { untilAnswered } from './until-answered.js';

const itemsOfJob = 24;
const pollMs = 4;

/**
 * Jobs of three stages of chunks that are ended at the very moment at which a stage opens, when the commit that opens it writes tasks
 * which whoever ends the job may not have seen; then they are tried again. Every third one is left alone.
 */
export const stageEdges: Part = {
  name: 'stage-edges',
  isFault: false,
  atLeast: ({ stageEdges }) => ({ endedAtStageEdge: Math.floor(stageEdges / 6), jobsRetried: Math.floor(stageEdges / 3) }),
  async run(run, random) {
    const following: Promise<void>[] = [];
    for await (const n of run.spread(run.sizes.stageEdges)) {
      const names = Array.from({ length: itemsOfJob }, (_, i) => `item ${i}`);
      const { id } = await untilAnswered(() => run.office.chunked(names, { seed: n, leastMs: 5, mostMs: 40 }));
      if (n % 4 === 0) following.push(follow(run, id));
      if (n % 3 === 2) run.history.drills.push(id);
      else following.push(endAtEdge(run, id, n % 3 === 0 ? 'cancelled' : 'expired', random.fork()));
    }
    await Promise.all(following);
  },
};

/** Half of them as the commit that opens the stage comes, half of them as soon as it has. */
async function endAtEdge(run: Run, jobId: string, state: 'cancelled' | 'expired', random: Random): Promise<void> {
  const closing = random.below(2);
  if (random.next() < 0.5) await untilStage(run, jobId, closing + 1, ({ opened }) => opened > 0);
  else {
    await untilStage(run, jobId, closing, ({ opened, remaining }) => opened > 0 && remaining <= 1);
    await sleep(random.between(0, 25));
  }
  if (state === 'cancelled') await cancelJob(run, jobId);
  else await expireJob(run, jobId);
  const retry = await untilAnswered(() => run.office.workspace.jobs.retry(jobId));
  if (retry === null) return; // it had succeeded before
  run.history.retries.push({ jobId: retry.id, of: jobId });
  run.history.drills.push(retry.id);
  run.count('jobsRetried');
}

/** The reconciler's own way to end a job that is late. Whoever lost the answer to a crash asks what became of it. */
async function expireJob(run: Run, jobId: string): Promise<void> {
  const failure = { code: 'JOB_EXPIRED', detail: 'The job had not finished at its deadline' };
  await untilAnswered(() => closeJobs(run.office.database, [jobId], 'expired', failure));
  const [job] = await run.office.read<{ state: string }>('select state from job where id = $1', [jobId]);
  if (job?.state === 'expired') run.history.ends.push({ jobId, state: 'expired', results: await resultsOf(run, jobId) });
  else if (job?.state === 'succeeded') run.history.drills.push(jobId);
  else run.history.oddAnswers.push(`job ${jobId} is ${job?.state} after it was expired`);
}

interface Countdown {
  opened: number;
  remaining: number;
}

async function untilStage({ office }: Run, jobId: string, index: number, condition: (stage: Countdown) => boolean): Promise<void> {
  const text = 'select opened, remaining from stage where job_id = $1 and index = $2';
  for (;;) {
    const [stage] = await office.read<Countdown>(text, [jobId, index]);
    if (stage !== undefined && condition(stage)) return;
    await sleep(pollMs);
  }
}
