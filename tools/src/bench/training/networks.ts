import {
  beginNetwork,
  hasNativeTensorFlow,
  openModel,
  Random,
  readModel,
  recipes,
  type Training,
  type TrainingData,
  wordAugmentation,
  wordNetwork,
} from '@earshot/learning';
import { z } from 'zod';
import { PythonPeer } from '../peers/python-peer.js';
import { lowerQuartile } from '../timing/quantiles.js';
import { type Timed, timed } from '../timing/timed.js';
import type { TrainingBench } from './training-bench.js';

type Backend = 'wasm' | 'native';

interface NetworkBench {
  name: string;
  title: string;
  /** [rows, frames] of a row. */
  shape: [rows: number, frames: number];
  rows: number;
  /** Frames of the pieces that it learns from; all of them where it is left out. */
  crop?: number;
  labels: number;
  batch: number;
  /** Of Keras's time for an epoch. */
  goal: number;
  /** At most so long for one row, by one thread. */
  oneRowMs?: number;
  begin(data: TrainingData, validation: TrainingData, labels: string[], backend: Backend): Promise<Training>;
}

/** Of epochs: by the own kernels, by tfjs-node where it is installed, and by Keras. */
interface Times {
  ours: Timed[];
  native: Timed[];
  theirs: Timed[];
}

const rounds = 7;
const peerAnswer = z.object({ seconds: z.number(), processorSeconds: z.number() });
const description = z.object({ layers: z.array(z.json()), input: z.array(z.number()) });

export const networks: readonly TrainingBench[] = [
  bench({
    name: 'cnn',
    title: 'CNN 32-64-128, one epoch of 64 rows of 128 × 216',
    shape: [128, 216],
    rows: 64,
    labels: 10,
    batch: 32,
    goal: 1.5,
    begin: byRecipe('cnn', { batchSize: 32, mixup: 0, masks: false }),
  }),
  bench({
    name: 'sounds',
    title: 'Residual CNN 16-32-64-96, one epoch of 256 pieces of 128 × 96',
    shape: [128, 216],
    rows: 256,
    crop: 96,
    labels: 50,
    batch: 32,
    goal: 1.5,
    begin: byRecipe('sounds', { batchSize: 32, mixup: 0, masks: false }),
  }),
  bench({
    name: 'cnn-lstm',
    title: 'Conv1D 32-64-128, LSTM 128, attention, LSTM 128, one epoch of 512 rows of 40 frames × 49',
    shape: [49, 40],
    rows: 512,
    labels: 10,
    batch: 32,
    goal: 2,
    begin: byRecipe('cnn-lstm-attention', { batchSize: 32 }),
  }),
  bench({
    name: 'keywords',
    title: 'The keyword network, 10 steps of 64 rows of 40 × 64',
    shape: [40, 64],
    rows: 640,
    labels: 22,
    batch: 64,
    goal: 1.5,
    oneRowMs: 2,
    begin: (training, validation, labels, backend) =>
      beginNetwork({
        training,
        validation,
        labels,
        backend,
        settings: {},
        seed: 42,
        recipe: 'bench',
        network: { ...wordNetwork(labels.length, wordAugmentation.parse({})), preparation: { name: 'plain@1' } }, // without its variation of words
        epochs: 200,
        batch: 64,
        microBatch: 32,
        schedule: () => 0.001,
        optimizer: { weightDecay: 0.001 },
      }),
  }),
];

function byRecipe(name: string, settings: object): NetworkBench['begin'] {
  return (training, validation, labels, backend) => {
    const recipe = recipes.get(name)!;
    return recipe.begin({
      training,
      validation,
      labels,
      backend,
      seed: 42,
      settings: recipe.settings.parse({ ...settings, epochs: 200, patience: 200 }),
    });
  };
}

function bench(of: NetworkBench): TrainingBench {
  return {
    name: of.name,
    async run(python) {
      const labels = Array.from({ length: of.labels }, (_, i) => `label ${i}`);
      const data = noise(of, of.rows, 1);
      const validation = noise(of, 8, 2);
      const training = await of.begin(data, validation, labels, 'wasm');
      const native = (await hasNativeTensorFlow()) ? await of.begin(data, validation, labels, 'native') : undefined;
      const peer = python === undefined ? undefined : new PythonPeer(python, 'keras_network.py');
      const times: Times = { ours: [], native: [], theirs: [] };
      try {
        for (const each of [training, native]) if (each) await epochOf(each); // compiles, as Keras traces its graph
        const { layers, input: whole } = description.parse(readModel(training.best()).details);
        const input = [of.crop ?? whole[0], ...whole.slice(1)];
        for (let round = 0; round < rounds; round++) {
          times.ours.push(await timed(() => epochOf(training))); // in turn, so that all see the same machine
          if (native) times.native.push(await timed(() => epochOf(native)));
          if (peer)
            times.theirs.push(peerAnswer.parse(await peer.ask({ layers, input, labels: of.labels, rows: of.rows, batch: of.batch })));
        }
      } finally {
        peer?.close();
        training.close();
        native?.close();
      }
      return print(of, times, await oneRowMs(training, data));
    },
  };
}

async function epochOf(training: Training): Promise<void> {
  while ((await training.advance()) === null);
}

async function oneRowMs(training: Training, data: TrainingData): Promise<number> {
  const scorer = await openModel(training.best());
  const times: number[] = [];
  for (let i = 0; i < 100; i++) {
    const start = performance.now();
    scorer.score([data.row(i % data.rows)]);
    times.push(performance.now() - start);
  }
  return lowerQuartile(times);
}

function print(of: NetworkBench, { ours, native, theirs }: Times, oneRowMs: number): boolean {
  const wall = (times: Timed[]) => lowerQuartile(times.map(({ seconds }) => seconds));
  const processor = (times: Timed[]) => lowerQuartile(times.map(({ processorSeconds }) => processorSeconds));
  console.log(`${of.title}\n| | s | processor s | one row ms |\n|---|---|---|---|`);
  console.log(`| Earshot, a thread a core | ${wall(ours).toFixed(3)} | ${processor(ours).toFixed(3)} | ${oneRowMs.toFixed(2)} |`);
  if (native.length > 0) console.log(`| by tfjs-node | ${wall(native).toFixed(3)} | ${processor(native).toFixed(3)} | |`);
  let isMet = of.oneRowMs === undefined || oneRowMs <= of.oneRowMs;
  if (theirs.length > 0) {
    console.log(`| Keras | ${wall(theirs).toFixed(3)} | ${processor(theirs).toFixed(3)} | |`);
    const [ratio, ofProcessor] = [wall(ours) / wall(theirs), processor(ours) / processor(theirs)];
    console.log(`Earshot needs ${ratio.toFixed(2)} of Keras's time (goal ≤ ${of.goal}), ${ofProcessor.toFixed(2)} of its processor time.`);
    isMet &&= ratio <= of.goal;
  }
  console.log(`The process takes ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB.`);
  return isMet;
}

function noise({ shape, labels }: NetworkBench, rows: number, seed: number): TrainingData {
  const size = shape[0] * shape[1];
  const random = new Random(seed, 'bench');
  const values = Float32Array.from({ length: rows * size }, (_, i) => random.normal(i));
  return {
    shape,
    rows,
    labels: Int32Array.from({ length: rows }, (_, row) => row % labels),
    row: (i) => values.subarray(i * size, (i + 1) * size),
  };
}
