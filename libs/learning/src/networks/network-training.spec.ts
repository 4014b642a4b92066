import { Random } from '../random.js';
import { openModel } from '../recipes/open-model.js';
import { oneCycle } from '../training/schedules.js';
import type { Scorer, Training, TrainingData } from '../training/training.js';
import { beginNetwork } from './begin-network.js';
import type { LayerList } from './layers.js';
import type { NetworkParts } from './network-parts.js';

const labels = ['low', 'middle', 'high'];
const layers: LayerList = [
  { kind: 'conv2d', filters: 8, kernel: [3, 3], bias: false },
  { kind: 'batchNorm', activation: 'relu' },
  { kind: 'conv2d', filters: 8, kernel: [3, 3] },
  { kind: 'maxPool2d', size: [2, 2] },
  { kind: 'dropout', rate: 0.1, of: 'channels' },
  { kind: 'reshape', shape: [5, 32] },
  { kind: 'conv1d', filters: 16, kernel: 3, activation: 'relu' },
  { kind: 'meanAndMax' },
  { kind: 'dropout', rate: 0.2 },
  { kind: 'dense', units: 3 },
];

describe('the training of a network', () => {
  it('learns where the energy lies, and its model scores as it validated', async () => {
    const training = await beginNetwork(partsOf({ epochs: 12 }));
    const figures = [];
    while (!training.isOver) {
      const ended = await training.advance();
      if (ended) figures.push(ended);
    }
    expect(figures).toHaveLength(12);
    expect(figures[0]!.trainingLoss).toBeGreaterThan(figures.at(-1)!.trainingLoss);
    const best = figures.toSorted((a, b) => a.validationLoss - b.validationLoss)[0]!;
    expect(best.validationAccuracy).toBeGreaterThan(0.9);
    expect(accuracyOf(await openModel(training.best()))).toBe(best.validationAccuracy);
  });

  it('hits nothing by taking all labels for equally likely', async () => {
    const silence = { ...rowsOf(30, 2), row: () => new Float32Array(80) };
    const training = await beginNetwork(partsOf({ training: silence, validation: silence, schedule: () => 0, epochs: 1 }));
    let ended = null;
    while (ended === null) ended = await training.advance();
    training.close();
    expect([ended.trainingAccuracy, ended.validationAccuracy]).toEqual([1 / 3, 1 / 3]);
  });

  it.each([2, 3])('comes to the same bytes by %i threads', async (threads) => {
    expect(await finished(await beginNetwork(partsOf({ threads })))).toEqual(await finished(await beginNetwork(partsOf({ threads: 1 }))));
  });

  it('comes to the same bytes when it is interrupted after any step', async () => {
    const unbroken = await finished(await beginNetwork(partsOf({})));
    const before = await beginNetwork(partsOf({}));
    for (let step = 0; step < before.steps; step++) {
      const after = await beginNetwork(partsOf({ saved: before.save() }));
      expect(after.step).toBe(step);
      if (step % 5 === 0) expect(await finished(after)).toEqual(unbroken);
      await before.advance();
    }
    expect(await finished(before)).toEqual(unbroken);
  });

  it('comes to other weights by another seed', async () => {
    expect(await finished(await beginNetwork(partsOf({ seed: 2 })))).not.toEqual(await finished(await beginNetwork(partsOf({}))));
  });

  it('goes on only with what it was begun with', async () => {
    const saved = (await beginNetwork(partsOf({}))).save();
    await expect(beginNetwork(partsOf({ saved, batch: 8 }))).rejects.toThrow('MODEL_INVALID');
  });

  it('starts from the weights of a model', async () => {
    const first = await beginNetwork(partsOf({ epochs: 8 }));
    await finished(first);
    const next = await beginNetwork(partsOf({ from: first.best(), epochs: 1, schedule: () => 1e-6 }));
    expect((await next.advance())?.trainingLoss ?? 0).toBeLessThan(1);
    expect(await finished(next)).toBeDefined();
  });

  it('takes the rows of a batch that it is told', async () => {
    const taken: number[] = [];
    const parts = partsOf({ epochs: 1, batches: { perEpoch: 2, rows: (_epoch, index) => Int32Array.of(index, index, 7) } });
    const { training } = parts;
    const noted = (index: number) => {
      taken.push(index);
      return training.row(index);
    };
    parts.training = { ...training, row: noted };
    await finished(await beginNetwork(parts));
    expect(taken).toEqual([0, 0, 7, 1, 1, 7]);
  });

  it('ends early when validation gets no better', async () => {
    const training = await beginNetwork(partsOf({ epochs: 40, patience: 2, schedule: () => 0 }));
    await finished(training);
    expect(training.epoch).toBe(3);
  });

  it('says that values went out of bounds', async () => {
    await expect(finished(await beginNetwork(partsOf({ schedule: () => 1e30 })))).rejects.toThrow('TRAINING_DIVERGED');
    const atTheEnd = partsOf({ epochs: 1, schedule: ({ step, steps }) => (step === steps - 1 ? 1e30 : 0.01) });
    await expect(finished(await beginNetwork(atTheEnd))).rejects.toThrow('the validation loss of epoch 0 is NaN');
  });

  it('refuses layers that do not fit', async () => {
    const network = { layers: layers.slice(0, -1), input: [10, 8, 1], preparation: { name: 'plain@1' } };
    await expect(beginNetwork(partsOf({ network }))).rejects.toThrow('MODEL_INVALID: layer 8: gives [32], and there are 3 labels');
  });
});

async function finished(training: Training): Promise<Uint8Array> {
  while (!training.isOver) await training.advance();
  const saved = training.save();
  training.close();
  return saved;
}

function partsOf(changed: Partial<NetworkParts>): NetworkParts {
  return {
    recipe: 'test',
    training: rowsOf(90, 1),
    validation: rowsOf(30, 2),
    labels,
    seed: 1,
    settings: {},
    network: { layers, input: [10, 8, 1], preparation: { name: 'plain@1' } },
    epochs: 3,
    batch: 20,
    microBatch: 8,
    schedule: oneCycle(0.01),
    optimizer: { weightDecay: 1e-3 },
    labelSmoothing: 0.05,
    threads: 1,
    ...changed,
  };
}

/** 8 bands of 10 frames of noise; the label says which third of the bands is louder. */
function rowsOf(rows: number, seed: number): TrainingData {
  const random = new Random(seed, 'rows');
  const matrices = Array.from({ length: rows }, (_, row) =>
    Float32Array.from({ length: 80 }, (_, i) => random.normal(80 * row + i) + (Math.floor(i / 10 / 2.7) === row % 3 ? 0.9 : 0)),
  );
  return { shape: [8, 10], rows, row: (index) => matrices[index]!, labels: Int32Array.from({ length: rows }, (_, row) => row % 3) };
}

function accuracyOf(scorer: Scorer): number {
  const { rows, row, labels: wanted } = rowsOf(30, 2);
  const probabilities = scorer.score(Array.from({ length: rows }, (_, index) => row(index)));
  let hits = 0;
  for (let i = 0; i < rows; i++) {
    const p = probabilities.subarray(3 * i, 3 * i + 3);
    if (p[wanted[i]!] === Math.max(...p)) hits++;
  }
  return hits / rows;
}
