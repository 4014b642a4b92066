import { setTimeout as sleep } from 'node:timers/promises';
import type { DrillOffice } from '../../chaos/drill/drill-office.js';
import { longFit, longJob } from '../../chaos/long/long.jobs.js';
import { type LongLine, readLongLog } from '../../chaos/long/long-log.js';
import type { Stack } from '../../chaos/stack/stack.js';
import type { Random } from '../../random.js';

/** By SIGKILL, or by SIGTERM as when a machine is drained. */
export const endings = ['kill', 'drain'] as const;
export type Ending = (typeof endings)[number];

interface Sizes {
  items: number;
  fitMs: number;
  checkpointEveryMs: number;
  itemsPerStep: number;
}

/** Its alias is called as the ending. */
export async function askLongJob(
  office: DrillOffice,
  alias: Ending,
  { items, fitMs, checkpointEveryMs, itemsPerStep }: Sizes,
): Promise<string> {
  const names = Array.from({ length: items }, (_, i) => `item ${i}`);
  const { id } = await office.long(names, { fitMs, checkpointEveryMs, itemsPerStep, alias });
  return id;
}

interface EndFits {
  jobId: string;
  ending: Ending;
  times: number;
  random: Random;
}

/** Ends whoever fits, again and again at any moment of its work, until the job has ended; answers how often. */
export async function endFits(stack: Stack, office: DrillOffice, { jobId, ending, times, random }: EndFits): Promise<number> {
  let ended = 0;
  let afterAttempt = 0;
  for (; !(await hasEnded(office, jobId)); await sleep(50)) {
    const fitting = ended < times ? newestStep(stack, jobId, afterAttempt) : undefined;
    const worker = stack.drillWorkers.find(({ pid, isReady }) => isReady && pid === fitting?.pid);
    if (fitting === undefined || worker === undefined) continue;
    await sleep(random.between(500, 5_000));
    if (worker.pid !== fitting.pid || (await hasEnded(office, jobId))) continue;
    if (ending === 'kill') worker.kill();
    else await worker.restart();
    afterAttempt = fitting.attempt;
    ended += 1;
    process.stderr.write(`${ended}: ${ending} at step ${newestStep(stack, jobId, 0)?.step}\n`);
  }
  return ended;
}

/** The newest step of a later attempt than that one. */
function newestStep({ longLog }: Stack, jobId: string, afterAttempt: number): LongLine | undefined {
  return readLongLog(longLog).findLast(
    (line) => line.event === 'step' && line.task === longFit.name && line.jobId === jobId && line.attempt > afterAttempt,
  );
}

async function hasEnded(office: DrillOffice, jobId: string): Promise<boolean> {
  const [job] = await office.read<{ kind: string }>('select kind from job where id = $1 and finished_at is not null', [jobId]);
  return job?.kind === longJob.kind;
}
