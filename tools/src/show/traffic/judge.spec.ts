import { judge, type Move, type RecordedJob } from './judge.js';

const moves: Move[] = [
  { what: 'promote', version: 3, status: 200, beganMs: 10_000, endedMs: 10_010, tookMs: 10 },
  { what: 'roll back', version: 1, status: 200, beganMs: 20_000, endedMs: 20_010, tookMs: 10 },
];

function jobAt(n: number): RecordedJob {
  const createdAtMs = 100 * n;
  const isChallenger = n % 10 === 0;
  const version = isChallenger ? 2 : createdAtMs > 10_010 && createdAtMs < 20_000 ? 3 : 1;
  const alias = isChallenger ? 'challenger' : 'production';
  return { id: `${n}`, state: 'succeeded', createdAtMs, version, alias, itemVersions: [version, version], itemAliases: [alias, alias] };
}

const good = () => Array.from({ length: 300 }, (_, n) => jobAt(n));
const judged = (change: (jobs: RecordedJob[]) => void, given = moves) => {
  const jobs = good();
  change(jobs);
  return judge(jobs, given, { jobs: 300, itemsPerJob: 2, challengerPercent: 10 });
};

describe('the traffic of a classifier', () => {
  it('adds up where each job has one version, which held when it came', () =>
    expect(judged(() => undefined)).toMatchObject({ predictions: 600, byVersion: { 1: 360, 2: 60, 3: 180 }, faults: [] }));

  it.each<[string, (jobs: RecordedJob[]) => void, RegExp]>([
    ['a lost job', (jobs) => jobs.pop(), /299 jobs/],
    ['an item of another version', (jobs) => (jobs[5]!.itemVersions[1] = 3), /items of another version/],
    ['an item without a result', (jobs) => (jobs[5]!.itemVersions[1] = null), /items of another version/],
    ['a job that failed', (jobs) => (jobs[5]!.state = 'failed'), /did not succeed/],
    [
      'the version from before a promotion',
      (jobs) => Object.assign(jobs[155]!, { version: 1, itemVersions: [1, 1] }),
      /did not hold when they came/,
    ],
    [
      'another share than was said',
      (jobs) => {
        for (const job of jobs.slice(0, 60))
          Object.assign(job, { alias: 'challenger', version: 2, itemVersions: [2, 2], itemAliases: ['challenger', 'challenger'] });
      },
      /the challenger got/,
    ],
  ])('is complained of with %s', (_what, change, fault) => expect(judged(change).faults.join('; ')).toMatch(fault));

  it('is complained of when production was not moved', () => expect(judged(() => undefined, moves.slice(1)).faults).not.toEqual([]));
});
