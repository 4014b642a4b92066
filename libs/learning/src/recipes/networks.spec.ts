import { Random } from '../random.js';
import type { EpochFigures, Training, TrainingData } from '../training/training.js';
import { cnn } from './cnn.js';
import { cnnLstmAttention } from './cnn-lstm-attention.js';
import { openModel } from './open-model.js';
import { recipes } from './recipes.js';
import { sounds } from './sounds/sounds.js';

const labels = ['rising', 'falling', 'level'];

describe.each([
  { recipe: cnn, shape: [16, 24], settings: { learningRate: 0.01, epochs: 8, batchSize: 16 }, levels: 1 },
  {
    recipe: cnnLstmAttention,
    shape: [13, 40],
    settings: { learningRate: 0.003, epochs: 12, batchSize: 16, meanNormalise: true, coefficients: 12 },
    levels: 1,
  },
  {
    recipe: sounds,
    shape: [16, 32],
    settings: { learningRate: 0.01, epochs: 20, batchSize: 16, cropFrames: 24, filters: [16, 16, 16, 16], masks: false, mixup: 0 },
    levels: 15, // it takes them for decibels
  },
])('the recipe $recipe.name', ({ recipe, shape, settings, levels }) => {
  const begin = (saved?: Uint8Array, data = sweeps(90, 1, shape, levels), chosen: object = settings) =>
    recipe.begin({
      training: data,
      validation: sweeps(30, 2, shape, levels),
      labels,
      settings: recipe.settings.parse(chosen),
      seed: 7,
      saved,
    } as never);

  const beginFew = (data: TrainingData, saved?: Uint8Array) => begin(saved, data, { ...settings, epochs: 5 });

  it('learns which way a tone goes, and its model scores as it validated', async () => {
    const training = await begin();
    const figures = await finish(training);
    const best = figures.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
    expect(best.validationAccuracy).toBeGreaterThan(0.9);
    const scorer = await openModel(training.best());
    const { rows, row, labels: wanted } = sweeps(30, 2, shape, levels);
    const probabilities = scorer.score(Array.from({ length: rows }, (_, i) => row(i)));
    const hits = wanted.filter((label, i) => probabilities[3 * i + label] === Math.max(...probabilities.subarray(3 * i, 3 * i + 3)));
    expect(hits.length / rows).toBeCloseTo(best.validationAccuracy, 6);
    expect(() => scorer.score([row(0).subarray(1)])).toThrow();
    training.close();
  }, 120_000);

  it('comes to the same bytes when it is killed again and again', async () => {
    const begin = (saved?: Uint8Array) => beginFew(sweeps(24, 1, shape, levels), saved);
    const whole = await begin();
    await finish(whole);
    let broken = await begin();
    for (const every of [1, 3, 2]) {
      for (let step = 0; step < every && !broken.isOver; step++) await broken.advance();
      const saved = broken.save();
      broken.close();
      broken = await begin(saved);
    }
    await finish(broken);
    expect(Buffer.compare(broken.save(), whole.save())).toBe(0); // toEqual takes a minute for some megabytes
    expect(Buffer.compare(broken.best(), whole.best())).toBe(0);
    whole.close();
    broken.close();
  }, 120_000);

  it('learns nothing from labels that mean nothing', async () => {
    const data = sweeps(40, 1, shape, levels);
    const training = await beginFew({ ...data, labels: new Random(3, 'labels').shuffle(data.labels.slice()) });
    const figures = await finish(training);
    const best = figures.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
    expect(best.validationLoss).toBeGreaterThan(0.8 * Math.log(3));
    training.close();
  }, 120_000);

  it('refuses vectors', async () => {
    const vectors = { ...sweeps(30, 1, shape, levels), shape: [shape[0]! * shape[1]!] };
    await expect(begin(undefined, vectors)).rejects.toThrow('TRAINING_DATA_UNFIT');
  });

  it('is found by its name', () => expect(recipes.get(recipe.name)).toBe(recipe));
});

async function finish(training: Training): Promise<EpochFigures[]> {
  const figures: EpochFigures[] = [];
  while (!training.isOver) {
    const ended = await training.advance();
    if (ended) figures.push(ended);
  }
  return figures;
}

const made = new Map<string, TrainingData>();

/** The same again is the same object: to make it costs more than to learn from it. */
function sweeps(rows: number, seed: number, shape: number[], levels: number): TrainingData {
  const key = `${rows} ${seed} ${shape} ${levels}`;
  const data = made.get(key) ?? madeSweeps(rows, seed, shape, levels);
  made.set(key, data);
  return data;
}

/** A ridge over bands and frames that goes up, down, or stays where it begins, in noise. */
function madeSweeps(rows: number, seed: number, shape: number[], levels: number): TrainingData {
  const [bands, frames] = [shape[0]!, shape[1]!];
  const random = new Random(seed, 'sweeps');
  const matrices = Array.from({ length: rows }, (_, row) => {
    const start = random.below(row, bands);
    return Float32Array.from({ length: bands * frames }, (_, i) => {
      const [band, t] = [Math.floor(i / frames), i % frames];
      const way = [1, -1, 0][row % 3]!;
      const at = (((start + Math.floor((way * t) / 2)) % bands) + bands) % bands;
      return levels * (0.5 * random.normal(bands * frames * row + i) + (band === at ? 3 : 0));
    });
  });
  return { shape, rows, row: (index) => matrices[index]!, labels: Int32Array.from({ length: rows }, (_, row) => row % 3) };
}
