import { expectedFold } from '../../long/expected-fold.js';
import { longFit, longRegister } from '../../long/long.jobs.js';
import { lossesOf } from '../../long/losses.js';
import type { Evidence } from '../evidence.js';
import { type Finding, violationOf } from '../finding.js';

/** A long job comes to what its items demand, has its effects once, and never goes on from before a checkpoint that was acknowledged. */
export function longWorkIsDoneOnce({ history, rows, longLog }: Evidence): Finding {
  const jobOf = new Map(rows.jobs.map((job) => [job.id, job]));
  const started = Map.groupBy(rows.jobs, ({ startedBy }) => startedBy);
  const wrong: unknown[] = [];
  const odd: unknown[] = [];
  const lost: unknown[] = [];
  let resumed = 0;
  for (const { jobId, alias, items } of history.longJobs) {
    const result = longRegister.output.safeParse(jobOf.get(jobId)?.result);
    const expected = { ...expectedFold(items), isRight: true, alias };
    if (JSON.stringify(result.data) !== JSON.stringify(expected)) wrong.push({ jobId, result: jobOf.get(jobId)?.result, expected });
    const aliases = rows.aliases.filter(({ name }) => name === alias);
    const jobs = started.get(jobId)?.length ?? 0;
    if (aliases.length !== 1 || aliases[0]?.version !== 1 || aliases[0].target !== jobId || jobs !== 1) odd.push({ jobId, aliases, jobs });
    const losses = lossesOf(longLog.filter((line) => line.jobId === jobId && line.task === longFit.name));
    resumed += losses.filter(({ resumedAtStep }) => resumedAtStep > 0).length;
    lost.push(...losses.filter(({ isCheckpointLost }) => isCheckpointLost).map((loss) => ({ jobId, ...loss })));
  }
  return {
    figures: { longJobs: history.longJobs.length, fitsResumed: resumed },
    violations: [
      ...violationOf('long jobs came to another result than their items demand', wrong),
      ...violationOf('long jobs had their effects not exactly once', odd),
      ...violationOf('fits began before a checkpoint that was acknowledged', lost),
    ],
  };
}
