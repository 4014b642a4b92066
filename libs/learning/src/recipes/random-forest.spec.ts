import { blobs, nearestCentre } from '../dense/blobs.fixture.js';
import { accuracy, confusionOf } from '../measures/confusion.js';
import { predictedLabels } from '../measures/evaluation.js';
import { permutedLabels } from '../measures/permuted-labels.js';
import type { EpochFigures, Training, TrainingData } from '../training/training.js';
import { openModel } from './open-model.js';
import { randomForest } from './random-forest.js';
import { recipes } from './recipes.js';

type Settings = Parameters<typeof randomForest.settings.parse>[0];

function begin(
  settings: Settings,
  more: { seed?: number; saved?: Uint8Array; from?: Uint8Array; training?: TrainingData; validation?: TrainingData } = {},
): Promise<Training> {
  const { seed = 42, saved, from, training = blobs(120, 3, 8, 1), validation = blobs(60, 3, 8, 2) } = more;
  const labels = ['a', 'b', 'c'];
  return randomForest.begin({ training, validation, labels, seed, saved, from, settings: randomForest.settings.parse(settings) });
}

async function finish(training: Training): Promise<EpochFigures[]> {
  const figures: EpochFigures[] = [];
  while (!training.isOver) {
    const ended = await training.advance();
    if (ended) figures.push(ended);
  }
  return figures;
}

const rowsOf = (data: TrainingData) => Array.from({ length: data.rows }, (_, i) => data.row(i));

describe('the recipe random-forest', () => {
  it('is found by its name, and refuses settings that it does not have', () => {
    expect(recipes.get('random-forest')).toBe(randomForest);
    expect(randomForest.settings.parse({})).toMatchObject({ trees: 100, columnsPerSplit: 'sqrt', maxDepth: null, bootstrap: true });
    for (const wrong of [{ trees: 0 }, { columnsPerSplit: 'log2' }, { minRowsInLeaf: 0.5 }, { epochs: 10 }]) {
      expect(randomForest.settings.safeParse(wrong).success).toBe(false);
    }
  });

  it('learns almost as well as the labels can be told apart, and says so itself', async () => {
    const validation = blobs(300, 3, 8, 2);
    const training = await begin({}, { training: blobs(600, 3, 8, 1), validation });
    const figures = await finish(training);
    expect(figures).toHaveLength(10);
    const best = validation.labels.filter((label, row) => nearestCentre(validation.row(row), 3) === label).length / 300;
    expect(figures.at(-1)!.validationAccuracy).toBeGreaterThan(best - 0.05);
    const scorer = await openModel(training.best());
    expect(scorer).toMatchObject({ labels: ['a', 'b', 'c'], shape: [8] });
    const probabilities = scorer.score(rowsOf(validation));
    expect(accuracy(confusionOf(validation.labels, predictedLabels(probabilities, 3), 3))).toBe(figures.at(-1)!.validationAccuracy);
    for (let row = 0; row < 300; row++)
      expect(probabilities.subarray(3 * row, 3 * row + 3).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    expect(() => scorer.score([new Float32Array(7)])).toThrow('MODEL_INVALID: The model takes');
  });

  it('learns nothing from permuted labels', async () => {
    const permuted = (data: TrainingData, seed: number) => ({ ...data, labels: permutedLabels(data.labels, seed) });
    const training = await begin({}, { training: permuted(blobs(600, 3, 8, 1), 1), validation: permuted(blobs(600, 3, 8, 2), 2) });
    const last = (await finish(training)).at(-1)!;
    expect(last.trainingAccuracy).toBeGreaterThan(0.99); // by heart
    expect(Math.abs(last.validationAccuracy - 1 / 3)).toBeLessThan(0.077); // four deviations of 600 guesses
  });

  it.each([
    { trees: 23 },
    { trees: 23, bootstrap: false, columnsPerSplit: 2, classWeights: 'balanced', maxDepth: 3, minRowsInLeaf: 4 },
  ] as const)('gives the same bytes when it is interrupted after any step: %j', async (settings) => {
    const unbroken = await begin(settings);
    const figures = await finish(unbroken);
    expect(figures.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    let training = await begin(settings);
    const seen: EpochFigures[] = [];
    while (!training.isOver) {
      const saved = training.save();
      training.close();
      training = await begin(settings, { saved });
      expect(training.save()).toEqual(saved);
      const ended = await training.advance();
      if (ended) seen.push(ended);
    }
    expect(training).toMatchObject({ step: 23, steps: 23, epoch: 3, epochs: 3 });
    expect(seen).toEqual(figures);
    expect(training.best()).toEqual(unbroken.best());
    expect((await finish(await begin(settings, { seed: 43 }))).at(-1)).not.toEqual(figures.at(-1));
  });

  it('goes on only with what it began with, and starts from no other model', async () => {
    const training = await begin({ trees: 5 });
    await training.advance();
    const saved = training.save();
    await expect(begin({ trees: 6 }, { saved })).rejects.toThrow('MODEL_INVALID');
    await expect(begin({ trees: 5 }, { saved, seed: 1 })).rejects.toThrow('MODEL_INVALID');
    await expect(begin({ trees: 5 }, { from: training.best() })).rejects.toThrow('REQUEST_INVALID');
    const other = await begin({ trees: 5 }, { saved: saved.slice(0, -4) }).catch((error: Error) => error.message);
    expect(other).toMatch('MODEL_INVALID');
  });

  it('has a model as soon as there is a tree', async () => {
    const training = await begin({ trees: 5 });
    expect(() => training.best()).toThrow(RangeError);
    await training.advance();
    expect((await openModel(training.best())).score([blobs(1, 3, 8, 1).row(0)])).toHaveLength(3);
  });

  it('weighs labels so that a rare one is found more often', async () => {
    const isKept = (label: number, row: number) => label !== 2 || row % 10 === 2;
    const all = blobs(900, 3, 4, 1);
    const kept = [...all.labels.keys()].filter((row) => isKept(all.labels[row]!, row));
    const training = {
      ...all,
      rows: kept.length,
      labels: Int32Array.from(kept, (row) => all.labels[row]!),
      row: (i: number) => all.row(kept[i]!),
    };
    const validation = blobs(600, 3, 4, 2);
    const recallOfRare = async (classWeights: 'none' | 'balanced') => {
      const grown = await begin({ trees: 60, minRowsInLeaf: 10, classWeights }, { training, validation });
      await finish(grown);
      const predicted = predictedLabels((await openModel(grown.best())).score(rowsOf(validation)), 3);
      return predicted.filter((label, row) => label === 2 && validation.labels[row] === 2).length / 200;
    };
    expect(await recallOfRare('balanced')).toBeGreaterThan((await recallOfRare('none')) + 0.03);
  });
});
