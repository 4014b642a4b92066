/** One network that `npm run bench -- training` times, beside a Python peer where there is one. */
export interface TrainingBench {
  /** For `--only`. */
  name: string;
  /** Prints its table. False: a goal was missed. */
  run(python: string | undefined): Promise<boolean>;
}

/** Wall and processor time of one piece of work. */
export interface Timed {
  seconds: number;
  processorSeconds: number;
}

export async function timed(work: () => Promise<unknown> | unknown): Promise<Timed> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}

/** What else the machine does makes work longer, never shorter; the quarter that was least disturbed ends here. */
export function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 2] ?? Number.NaN;
}
