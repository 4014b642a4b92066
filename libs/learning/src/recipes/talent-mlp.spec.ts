import { z } from 'zod';
import { writeModel } from '../artifact/model-file.js';
import { blobs, nearestCentre } from '../dense/blobs.fixture.js';
import { readDenseModel, writeDenseModel } from '../dense/layers.js';
import { accuracy, confusionOf } from '../measures/confusion.js';
import { logLoss, predictedLabels } from '../measures/evaluation.js';
import type { EpochFigures, Training, TrainingData } from '../training/training.js';
import { openModel } from './open-model.js';
import { recipes } from './recipes.js';
import { talentMlp } from './talent-mlp.js';

type Settings = z.input<typeof talentMlp.settings>;

const small: Settings = { hidden: [16, 8], dropout: [0.3, 0.2], epochs: 6, batchSize: 16 };
const names = (count: number) => Array.from({ length: count }, (_, i) => `label ${i}`);

function begin(
  settings: Settings,
  labelCount: number,
  more: { seed?: number; saved?: Uint8Array; from?: Uint8Array; training?: TrainingData; validation?: TrainingData } = {},
) {
  const training = more.training ?? blobs(90, labelCount, 13, 1);
  const parts = { training, validation: more.validation ?? blobs(40, labelCount, 13, 2), labels: names(labelCount), seed: more.seed ?? 42 };
  return talentMlp.begin({ ...parts, settings: talentMlp.settings.parse(settings), saved: more.saved, from: more.from });
}

async function finish(training: Training): Promise<EpochFigures[]> {
  const figures: EpochFigures[] = [];
  while (!training.isOver) {
    const ended = await training.advance();
    if (ended) figures.push(ended);
  }
  return figures;
}

async function scored(model: Uint8Array, data: TrainingData): Promise<number | null> {
  const scorer = await openModel(model);
  const probabilities = scorer.score(Array.from({ length: data.rows }, (_, i) => data.row(i)));
  return accuracy(confusionOf(data.labels, predictedLabels(probabilities, scorer.labels.length), scorer.labels.length));
}

describe('the recipe talent-mlp', () => {
  it.each([2, 3, 5])('learns %i labels almost as well as they can be told apart', async (labelCount) => {
    const training = await begin({ ...small, learningRate: 0.01, epochs: 20 }, labelCount, { training: blobs(600, labelCount, 13, 1) });
    const figures = await finish(training);
    expect(figures.at(-1)!.trainingLoss).toBeLessThan(figures[0]!.trainingLoss / 2);
    const heldOut = blobs(400, labelCount, 13, 3);
    const best = heldOut.labels.filter((label, i) => nearestCentre(heldOut.row(i), labelCount) === label).length / 400;
    expect(await scored(training.best(), heldOut)).toBeGreaterThan(best - 0.05);
  });

  it('learns nothing from labels that mean nothing', async () => {
    const [data, validation] = [blobs(200, 2, 13, 1), blobs(200, 2, 13, 2)].map((part) => ({
      ...part,
      labels: part.labels.map((_, i) => (i >> 1) % 2),
    }));
    const training = await begin({ ...small, epochs: 20 }, 2, { training: data, validation });
    for (const { validationLoss } of await finish(training)) expect(validationLoss).toBeGreaterThan(Math.LN2 - 0.03);
  });

  it('says of the model what it said of its best epoch', async () => {
    const training = await begin(small, 3);
    const figures = await finish(training);
    const best = figures.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
    expect(await scored(training.best(), blobs(40, 3, 13, 2))).toBeCloseTo(best.validationAccuracy, 6);
  });

  it.each<[string, number, Settings]>([
    ['two labels', 2, small],
    [
      'three labels, every option',
      3,
      { ...small, mixup: 0.3, labelSmoothing: 0.1, weightDecay: 0.01, classWeights: 'balanced', schedule: 'one-cycle' },
    ],
    ['early stopping', 2, { ...small, epochs: 12, patience: 2, learningRate: 0.05 }],
  ])('goes on from any step to the same bytes: %s', async (_name, labelCount, settings) => {
    const whole = await begin(settings, labelCount);
    const figures = await finish(whole);
    if (settings.patience !== undefined) expect(figures.length).toBeLessThan(settings.epochs!);
    const [model, end] = [whole.best(), whole.save()];
    const again = await begin(settings, labelCount);
    expect(await finish(again)).toEqual(figures);
    expect(again.save()).toEqual(end);
    for (const every of [1, 2, 5, 7]) {
      let training = await begin(settings, labelCount);
      const seen: EpochFigures[] = [];
      while (!training.isOver) {
        const ended = await training.advance();
        if (ended) seen.push(ended);
        if (training.step % every === 0) training = await begin(settings, labelCount, { saved: training.save() }); // killed here
      }
      expect(seen).toEqual(figures);
      expect(training.best()).toEqual(model);
      expect(training.save()).toEqual(end);
    }
  });

  it('gives other weights for another seed', async () => {
    const [a, b] = [await begin(small, 2, { seed: 1 }), await begin(small, 2, { seed: 2 })];
    await finish(a);
    await finish(b);
    expect(a.best()).not.toEqual(b.best());
  });

  it('starts from the weights of a model, on its scale', async () => {
    const first = await begin({ ...small, learningRate: 0.01, epochs: 30 }, 2);
    await finish(first);
    const model = first.best();
    const quick = await begin({ ...small, epochs: 5, learningRate: 1e-6, patience: 200 }, 2, { from: model });
    const [start] = await finish(quick);
    expect(start!.trainingLoss).toBeLessThan((await finish(await begin(small, 2)))[0]!.trainingLoss / 2);
    expect(await scored(quick.best(), blobs(200, 2, 13, 3))).toBeGreaterThan(0.9);
    await expect(begin({ ...small, hidden: [16, 9] }, 2, { from: model })).rejects.toThrow(/MODEL_INVALID/);
    await expect(begin(small, 3, { from: model })).rejects.toThrow(/MODEL_INVALID/);
  });

  it('does not go on with other data, settings or seed', async () => {
    const training = await begin(small, 2);
    await training.advance();
    const saved = training.save();
    await expect(begin(small, 2, { saved, seed: 43 })).rejects.toThrow(/MODEL_INVALID/);
    await expect(begin({ ...small, epochs: 7 }, 2, { saved })).rejects.toThrow(/MODEL_INVALID/);
    await expect(begin(small, 2, { saved, training: blobs(91, 2, 13, 1) })).rejects.toThrow(/MODEL_INVALID/);
    await expect(begin(small, 2, { saved: saved.subarray(0, -4) })).rejects.toThrow(/MODEL_INVALID/);
  });

  it('ends when the loss is no number any more', async () => {
    const first = await begin(small, 2);
    await finish(first);
    const model = readDenseModel(first.best());
    const huge = { ...model, head: { ...model.head, weight: model.head.weight.map((value) => 3e38 * Math.sign(value)) } };
    const training = await begin(small, 2, { from: writeDenseModel(huge) });
    await expect(finish(training)).rejects.toThrow(/TRAINING_DIVERGED/);
  });

  it.each<[string, TrainingData]>([
    ['one label only', { ...blobs(20, 2, 13, 1), labels: new Int32Array(20) }],
    ['a label without a name', { ...blobs(20, 2, 13, 1), labels: new Int32Array(20).fill(2, 5) }],
    ['no rows', { ...blobs(20, 2, 13, 1), rows: 0, labels: new Int32Array() }],
    ['rows of another length than the validation part', blobs(20, 2, 12, 1)],
    ['a value that is not finite', { ...blobs(20, 2, 13, 1), row: () => new Float32Array(13).fill(Number.NaN) }],
  ])('refuses data with %s', async (_what, training) => {
    await expect(begin(small, 2, { training })).rejects.toThrow(/TRAINING_DATA_UNFIT/);
  });

  it('has the old defaults and ranges', () => {
    expect(recipes.get('talent-mlp')).toBe(talentMlp);
    expect(talentMlp.settings.parse({})).toMatchObject({
      hidden: [256, 128, 64, 32],
      dropout: [0.3, 0.3, 0.2, 0.2],
      epochs: 100,
      batchSize: 32,
      learningRate: 0.001,
      schedule: 'plateau',
      patience: 15,
    });
    const wrong = [{ epochs: 4 }, { epochs: 201 }, { batchSize: 7 }, { batchSize: 129 }, { hidden: [8] }, { unknown: 1 }];
    for (const settings of wrong) expect(() => talentMlp.settings.parse(settings)).toThrow(z.ZodError);
  });
});

describe('a model of dense layers', () => {
  it('scores a row alone as among others, to the last bit', async () => {
    const training = await begin(small, 3);
    await finish(training);
    const scorer = await openModel(training.best());
    const rows = Array.from({ length: 70 }, (_, i) => blobs(70, 3, 13, 5).row(i));
    const together = scorer.score(rows);
    for (let row = 0; row < 3; row++) expect(together.slice(3 * row, 3 * row + 3).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    rows.forEach((row, i) => {
      expect(scorer.score([row])).toEqual(together.slice(3 * i, 3 * i + 3));
    });
    expect(() => scorer.score([new Float32Array(12)])).toThrow(/MODEL_INVALID/);
    expect(scorer.score([])).toEqual(new Float32Array());
    expect(() => scorer.score([rows[0]!, new Float32Array(13).fill(Number.NaN)])).toThrow(/MODEL_INVALID.*row 1 is not finite/);
  });

  it('is more likely to be right in the validation part by its temperature than without', async () => {
    const training = await begin({ ...small, learningRate: 0.02, epochs: 30, patience: 200, schedule: 'constant' }, 2);
    await finish(training);
    const model = readDenseModel(training.best());
    const validation = blobs(40, 2, 13, 2);
    const rows = Array.from({ length: 40 }, (_, i) => validation.row(i));
    const lossAt = async (temperature: number) => {
      const scorer = await openModel(writeDenseModel({ ...model, temperature }));
      return logLoss(scorer.score(rows), validation.labels);
    };
    expect(Math.abs(Math.log(model.temperature))).toBeGreaterThan(0.02);
    expect(await lossAt(model.temperature)).toBeLessThan((await lossAt(1))!);
  });

  it('of a family that is not known is refused', async () => {
    const header = { family: 'constructor', recipe: 'x', labels: ['a', 'b'], shape: [3], temperature: 1 };
    await expect(openModel(writeModel({ header, tensors: new Map(), details: null }))).rejects.toThrow(/no family/);
    await expect(openModel(writeModel({ header: { ...header, family: 'dense' }, tensors: new Map(), details: {} }))).rejects.toThrow(
      /MODEL_INVALID/,
    );
  });
});
