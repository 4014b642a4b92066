import { openModel, Random, recipes, type TrainingData } from '@earshot/learning';
import { z } from 'zod';
import { PythonPeer } from '../peers/python-peer.js';
import { lowerQuartile } from '../timing/quantiles.js';
import { type Timed, timed } from '../timing/timed.js';
import type { TrainingBench } from './training-bench.js';

const shape = { epochs: 20, rows: 1000, validationRows: 200, columns: 37, batch: 32, repeat: 40 };
const rounds = 5;
/** Between the labels, in deviations of a column: not to be told apart in every case. */
const apart = 0.25;
const goals = { ofKeras: 1 / 3, oneRowMicroseconds: 20, manyRowsMs: 5 };

const timeOfPeer = z.object({ seconds: z.number(), processorSeconds: z.number() });
const peerAnswer = z.object({
  first: timeOfPeer,
  again: timeOfPeer,
  validationLoss: z.number(),
  oneRowSeconds: z.number(),
  manyRowsSeconds: z.number(),
});

/** The dense network of the talent recipe: fit and score. */
export const mlp: TrainingBench = {
  name: 'mlp',
  async run(python) {
    const peer = python === undefined ? undefined : new PythonPeer(python, 'keras_mlp.py');
    const ours: Fitted[] = [];
    const theirs: z.output<typeof peerAnswer>[] = [];
    const scoring: { oneRow: number[]; manyRows: number[] } = { oneRow: [], manyRows: [] };
    try {
      for (let round = 0; round < rounds; round++) {
        ours.push(await fitted(round)); // in turn, so that both see the same machine
        const { oneRow, manyRows } = await timesOfScoring(ours[round]!.model);
        scoring.oneRow.push(oneRow);
        scoring.manyRows.push(manyRows);
        if (peer) theirs.push(peerAnswer.parse(await peer.ask({ ...shape, seed: round })));
      }
    } finally {
      peer?.close();
    }
    return await print(ours, scoring, theirs);
  },
};

async function print(
  ours: Fitted[],
  scoring: { oneRow: number[]; manyRows: number[] },
  theirs: z.output<typeof peerAnswer>[],
): Promise<boolean> {
  const { epochs, rows, columns, batch } = shape;
  console.log(`Dense 256-128-64-32 with batch normalisation and dropout, ${epochs} epochs × ${rows} rows × ${columns}, batch ${batch}`);
  console.log('| | s | processor s | one row µs | 1,024 rows ms | validation loss |\n|---|---|---|---|---|---|');
  const wall = lowerQuartile(ours.map(({ seconds }) => seconds));
  const processor = lowerQuartile(ours.map(({ processorSeconds }) => processorSeconds));
  const oneRow = lowerQuartile(scoring.oneRow) * 1e6;
  const manyRows = lowerQuartile(scoring.manyRows) * 1e3;
  console.log(
    `| Earshot, one thread | ${wall.toFixed(2)} | ${processor.toFixed(2)} | ${oneRow.toFixed(1)} | ${manyRows.toFixed(2)} | ${spread(ours)} |`,
  );
  let isMet = oneRow <= goals.oneRowMicroseconds && manyRows <= goals.manyRowsMs;
  if (theirs.length > 0) {
    const of = (value: (answer: z.output<typeof peerAnswer>) => number) => lowerQuartile(theirs.map(value));
    const calls = `${(of((t) => t.oneRowSeconds) * 1e6).toFixed(0)} | ${(of((t) => t.manyRowsSeconds) * 1e3).toFixed(2)}`;
    const [first, again] = [of((t) => t.first.seconds), of((t) => t.again.seconds)];
    console.log(
      `| Keras, a new model | ${first.toFixed(2)} | ${of((t) => t.first.processorSeconds).toFixed(2)} | ${calls} | ${spread(theirs)} |`,
    );
    console.log(`| Keras, its graph traced before | ${again.toFixed(2)} | ${of((t) => t.again.processorSeconds).toFixed(2)} | | | |`);
    const ratios = [wall / first, wall / again].map((ratio) => ratio.toFixed(2));
    console.log(
      `Earshot needs ${ratios[0]} of the time of a new Keras model (goal ≤ ${goals.ofKeras.toFixed(2)}), ${ratios[1]} of one traced before.`,
    );
    isMet &&= wall / first <= goals.ofKeras;
  }
  console.log(await sizes());
  console.log(`Goals of scoring: one row ≤ ${goals.oneRowMicroseconds} µs, 1,024 rows ≤ ${goals.manyRowsMs} ms.`);
  return isMet;
}

const talentMlp = recipes.get('talent-mlp')!;
const settings = talentMlp.settings.parse({ epochs: shape.epochs, batchSize: shape.batch, patience: 200 });
const partsOf = (round: number) => ({
  training: blobs(shape.rows, 2 * round),
  validation: blobs(shape.validationRows, 2 * round + 1),
  labels: ['bad', 'good'],
  settings,
  seed: round,
});
const parts = partsOf(0);

interface Fitted extends Timed {
  model: Uint8Array;
  /** Of the best epoch. */
  validationLoss: number;
}

async function fitted(round: number): Promise<Fitted> {
  const of = partsOf(round);
  let [model, validationLoss] = [new Uint8Array(), Number.POSITIVE_INFINITY];
  const time = await timed(async () => {
    const training = await talentMlp.begin(of);
    while (!training.isOver) validationLoss = Math.min(validationLoss, (await training.advance())?.validationLoss ?? validationLoss);
    model = training.best();
  });
  return { ...time, model, validationLoss };
}

async function timesOfScoring(model: Uint8Array): Promise<{ oneRow: number; manyRows: number }> {
  const scorer = await openModel(model);
  const rows = Array.from({ length: 1024 }, (_, i) => parts.training.row(i % shape.rows));
  const seconds = (work: () => void, repeat: number) => {
    const times: number[] = [];
    for (let i = 0; i < repeat; i++) {
      const start = performance.now();
      work();
      times.push((performance.now() - start) / 1000);
    }
    return lowerQuartile(times);
  };
  const hundredRows = rows.slice(0, 100).map((row) => [row]);
  const hundred = () => {
    for (const row of hundredRows) scorer.score(row);
  };
  return { oneRow: seconds(hundred, 100) / 100, manyRows: seconds(() => scorer.score(rows), 100) };
}

/** Mean and range over the rounds. */
function spread(rounds: readonly { validationLoss: number }[]): string {
  const losses = rounds.map(({ validationLoss }) => validationLoss);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return `${mean.toFixed(3)} (${Math.min(...losses).toFixed(3)} to ${Math.max(...losses).toFixed(3)})`;
}

/** What is kept of a training, and how long that takes. */
async function sizes(): Promise<string> {
  const training = await talentMlp.begin(parts);
  while (training.epoch < 1) await training.advance();
  const times: number[] = [];
  let saved = training.save();
  for (let i = 0; i < 20; i++) {
    const { seconds } = await timed(() => {
      saved = training.save();
    });
    times.push(seconds);
  }
  const { seconds } = await timed(async () => talentMlp.begin({ ...parts, saved }));
  const [model, state] = [training.best(), saved].map(({ length }) => `${Math.round(length / 1000)} kB`);
  return `The model has ${model}; a saved training ${state}, written in ${(lowerQuartile(times) * 1000).toFixed(1)} ms and gone on from in ${(seconds * 1000).toFixed(0)} ms.`;
}

function blobs(rows: number, seed: number): TrainingData {
  const random = new Random(seed, 'bench');
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const values = Float32Array.from(
    { length: rows * shape.columns },
    (_, i) => random.normal(i) + apart * labels[Math.floor(i / shape.columns)]!,
  );
  return { shape: [shape.columns], rows, labels, row: (i) => values.subarray(i * shape.columns, (i + 1) * shape.columns) };
}
