import { type RunComparison, type RunResource, runJob, trainInput, trainResult } from '@earshot/contracts';
import type { JobRow } from '@earshot/database';
import { jobPath, jobResource } from '../jobs/job-resource.js';

/** What clients see of a run: its job's row, what it came to, and the number of the version that it made. */
export function runResource(row: JobRow, result: object | null, version: number | null): RunResource {
  const job = jobPath(row.id);
  const self = `/api/v1/runs/${row.id}`;
  return {
    ...runJob.parse(jobResource(row)),
    decidedBy: trainInput.parse(row.input),
    result: result === null ? null : trainResult.parse(result),
    version,
    links: { self, job, events: `${job}/events`, stop: `${self}/stop` },
  };
}

/** Runs side by side: what was not the same, and what came of it. */
export function comparisonOf(runs: readonly RunResource[]): RunComparison {
  const decided = runs.map(({ decidedBy }) => flat(decidedBy));
  const names = [...new Set(decided.flatMap((facts) => [...facts.keys()]))];
  const differences = names.flatMap((name) => {
    const values = decided.map((facts) => JSON.stringify(facts.get(name) ?? null));
    return new Set(values).size > 1 ? [{ name, values }] : [];
  });
  return {
    runs: [...runs],
    differences,
    figures: figures.map(([name, of]) => ({ name, values: runs.map(({ result }) => (result === null ? null : of(result))) })),
    isComparable: !differences.some(({ name }) => decidesWhatIsTested.some((one) => name === one || name.startsWith(`${one}.`))),
  };
}

type Result = NonNullable<RunResource['result']>;

const figures: readonly [string, (result: Result) => number | null][] = [
  ['accuracy', ({ metrics }) => metrics.test?.accuracy ?? null],
  ['balancedAccuracy', ({ metrics }) => metrics.test?.balancedAccuracy ?? null],
  ['macroF1', ({ metrics }) => metrics.test?.macro.f1 ?? null],
  ['logLoss', ({ metrics }) => metrics.test?.logLoss ?? null],
  ['calibrationError', ({ metrics }) => metrics.test?.calibration.ece ?? null],
  ['support', ({ metrics }) => metrics.test?.support ?? null],
  ['epochs', ({ epochs }) => epochs],
  ['seconds', ({ seconds }) => seconds],
];

const decidesWhatIsTested = ['datasetHash', 'seed', 'testShare', 'split', 'testGroups', 'testFold'];

/** `{settings: {epochs: 5}}` is `settings.epochs`: 5. What only names the same again is left out. */
function flat(value: object, prefix = ''): Map<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (prefix === '' && ['datasetVersionId', 'datasetVersion', 'profileHash', 'trials'].includes(name)) return [];
    const isNested = typeof member === 'object' && member !== null && !Array.isArray(member);
    return isNested ? [...flat(member, `${prefix}${name}.`)] : [[`${prefix}${name}`, member]];
  });
  return new Map(entries);
}
