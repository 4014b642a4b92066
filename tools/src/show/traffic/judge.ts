/** A move of production while predictions were asked for, by this machine's clock. */
export interface Move {
  what: string;
  /** At which production points from then on. */
  version: number;
  status: number;
  beganMs: number;
  endedMs: number;
  tookMs: number;
}

/** What the rows say of one job. */
export interface RecordedJob {
  id: string;
  state: string;
  createdAtMs: number;
  version: number;
  alias: string;
  itemVersions: (number | null)[];
  itemAliases: (string | null)[];
}

interface Expected {
  jobs: number;
  itemsPerJob: number;
  challengerPercent: number;
}

const challengerVersion = 2;
const firstVersion = 1;

/** Counts what the rows say, and names what should not be. */
export function judge(jobs: readonly RecordedJob[], moves: readonly Move[], expected: Expected) {
  const faults: string[] = [];
  const items = jobs.reduce((sum, { itemVersions }) => sum + itemVersions.length, 0);
  const unfinished = jobs.filter(({ state }) => state !== 'succeeded');
  const mixed = jobs.filter(
    ({ version, alias, itemVersions, itemAliases }) =>
      itemVersions.some((one) => one !== version) || itemAliases.some((one) => one !== alias),
  );
  const misplaced = jobs.filter((job) => !allowedVersions(job, moves).includes(job.version));
  const byVersion = Object.fromEntries([1, 2, 3].map((version) => [version, countOf(jobs, version)]));
  const challenged = jobs.filter(({ alias }) => alias === 'challenger').length;
  const share = challenged / jobs.length;
  const spread = Math.sqrt((expected.challengerPercent / 100) * (1 - expected.challengerPercent / 100) * (1 / jobs.length));
  if (jobs.length !== expected.jobs) faults.push(`${jobs.length} jobs, not ${expected.jobs}`);
  if (items !== expected.jobs * expected.itemsPerJob) faults.push(`${items} predictions, not ${expected.jobs * expected.itemsPerJob}`);
  if (unfinished.length > 0) faults.push(`${unfinished.length} jobs did not succeed`);
  if (mixed.length > 0) faults.push(`${mixed.length} jobs have items of another version or alias than their own`);
  if (misplaced.length > 0) faults.push(`${misplaced.length} jobs have a version that did not hold when they came`);
  if (Object.values(byVersion).reduce((sum, count) => sum + count, 0) !== items) faults.push('the versions do not add up');
  if (Math.abs(share - expected.challengerPercent / 100) > 5 * spread) faults.push(`the challenger got ${(100 * share).toFixed(2)} %`);
  if (moves.length !== 2 || moves.some(({ status }) => status !== 200)) faults.push('production was not moved twice');
  return { predictions: items, jobs: jobs.length, byVersion, challengerPercent: Math.round(10_000 * share) / 100, faults };
}

function countOf(jobs: readonly RecordedJob[], version: number): number {
  return jobs.flatMap(({ itemVersions }) => itemVersions).filter((one) => one === version).length;
}

/** The clock of a job's row is read before its version is chosen: so much later may that be. */
const chosenWithinMs = 2_000;

/** Of production: where it pointed when the job came, or where it was moved to just then. */
function allowedVersions({ alias, createdAtMs }: RecordedJob, moves: readonly Move[]): number[] {
  if (alias === 'challenger') return [challengerVersion];
  const before = moves.filter(({ endedMs }) => endedMs <= createdAtMs).at(-1)?.version ?? firstVersion;
  const meanwhile = moves.filter(({ beganMs, endedMs }) => endedMs > createdAtMs && beganMs <= createdAtMs + chosenWithinMs);
  return [before, ...meanwhile.map(({ version }) => version)];
}
