import type { Run } from '../../learning/run.js';

export interface Axis {
  name: string;
  /** One for each run; null where it has none. */
  values: (number | null)[];
  low: number;
  high: number;
}

const figures: readonly [string, (run: Run) => number | null][] = [
  ['accuracy', ({ result }) => result?.metrics.test?.accuracy ?? null],
  ['macro F1', ({ result }) => result?.metrics.test?.macro.f1 ?? null],
  ['log loss', ({ result }) => result?.metrics.test?.logLoss ?? null],
];

/** What was set differently, as far as it is a number, and then what came of it: an axis each. */
export function axesOf(runs: readonly Run[]): Axis[] {
  const names = [...new Set(runs.flatMap(({ decidedBy }) => Object.keys(decidedBy.settings)))];
  const settings = names.map((name): [string, (run: Run) => number | null] => [
    name,
    ({ decidedBy }) => numberOf(decidedBy.settings[name]),
  ]);
  const varying = settings.filter(([, of]) => new Set(runs.map(of)).size > 1);
  return [...varying, ...figures].flatMap(([name, of]) => {
    const values = runs.map(of);
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? [] : [{ name, values, low: Math.min(...known), high: Math.max(...known) }];
  });
}

/** Where on its axis a value lies, from 0 to 1; in the middle where all are the same. */
export function placeOn({ low, high }: Axis, value: number | null): number | null {
  if (value === null) return null;
  return high > low ? (value - low) / (high - low) : 0.5;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
