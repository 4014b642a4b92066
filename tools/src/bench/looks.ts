// npm run bench -- looks [--samples 2000,10000] [--seed 1]: what a look at a whole library takes, on random clusters of 97 numbers: its map
// with the trustworthiness of it, and its anomalies; and for how long one step holds its process.
import { parseArgs } from 'node:util';
import { exactNeighbours, findAnomalies, Matrix, mapOf, Random, type Steps } from '@earshot/learning';

const columns = 97;
const clusters = 60;
const neighbours = 15;
const genres = 6;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { samples: { type: 'string', default: '2000,10000' }, seed: { type: 'string', default: '1' } },
  });
  const seed = Number(values.seed);
  console.log('| samples | what | seconds | longest step ms | |\n|---|---|---|---|---|');
  for (const samples of values.samples.split(',').map(Number)) {
    const vectors = clustered(samples, seed);
    const names = Array.from({ length: columns }, (_, i) => `x${i}`);
    const groups = Int32Array.from({ length: samples }, (_, row) => (row % clusters) % genres);
    tell(samples, `${neighbours} neighbours of each`, exactNeighbours(vectors, { k: neighbours, metric: 'cosine' }), () => '');
    tell(samples, 'map', mapOf(vectors, { neighbours, seed }), ({ trustworthiness }) => `trustworthiness ${trustworthiness?.toFixed(3)}`);
    tell(samples, 'anomalies', findAnomalies({ vectors, columns: names, groups }, { explained: 1_000, seed }), () => '');
  }
}

function tell<Result>(samples: number, what: string, steps: Steps<Result>, of: (result: Result) => string): void {
  const start = performance.now();
  let [last, longest] = [start, 0];
  for (;;) {
    const step = steps.next();
    const now = performance.now();
    [longest, last] = [Math.max(longest, now - last), now];
    if (!step.done) continue;
    console.log(`| ${samples} | ${what} | ${((now - start) / 1_000).toFixed(2)} | ${longest.toFixed(0)} | ${of(step.value)} |`);
    return;
  }
}

/** Points around the centres of clusters, as unlike each other as those of different clusters. */
function clustered(samples: number, seed: number): Matrix {
  const [centre, spread] = [new Random(seed, 'centres'), new Random(seed, 'points')];
  const values = new Float32Array(samples * columns);
  for (let row = 0; row < samples; row++)
    for (let i = 0; i < columns; i++)
      values[row * columns + i] = 0.8 * centre.normal((row % clusters) * columns + i) + 0.7 * spread.normal(row * columns + i);
  return new Matrix(values, samples, columns);
}
