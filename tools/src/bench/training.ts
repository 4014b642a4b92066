// npm run bench -- training [--only NAME] [--python PATH]: fit and score of each network, beside a Python peer in the same run.
import { parseArgs } from 'node:util';
import { mlp } from './training/mlp.js';
import { networks } from './training/networks.js';
import type { TrainingBench } from './training/training-bench.js';

const benches: readonly TrainingBench[] = [mlp, ...networks];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { only: { type: 'string' }, python: { type: 'string' } } });
  const chosen = benches.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new Error(`There is no network ${values.only}; there is ${benches.map(({ name }) => name).join(', ')}`);
  for (const bench of chosen) {
    if (!(await bench.run(values.python))) process.exitCode = 1;
  }
}
