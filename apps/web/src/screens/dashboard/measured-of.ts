export interface Measured {
  accuracy: number;
  support: number;
  interval: { low: number; high: number } | null;
  /** The share that guessing the most frequent label would get right. */
  baseline: number | null;
  how: string | null;
}

/** The accuracy in the metrics of a version, which are of any shape; null where they have none. The wider interval, that over groups, goes first. */
export function measuredOf({ accuracy, support, accuracyInterval, baseline, how }: Record<string, unknown>): Measured | null {
  if (typeof accuracy !== 'number' || typeof support !== 'number') return null;
  const mostFrequent = member(baseline, 'mostFrequent');
  return {
    accuracy,
    support,
    interval: intervalOf(member(accuracyInterval, 'byGroup')) ?? intervalOf(member(accuracyInterval, 'byRow')),
    baseline: typeof mostFrequent === 'number' ? mostFrequent : null,
    how: typeof how === 'string' ? how : null,
  };
}

function intervalOf(value: unknown): Measured['interval'] {
  const [low, high] = [member(value, 'low'), member(value, 'high')];
  return typeof low === 'number' && typeof high === 'number' ? { low, high } : null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
