import { Random } from '../../random.js';
import type { TrainingData } from '../../training/training.js';
import { openModel } from '../open-model.js';
import { keywordRecipe } from './keywords.js';
import { wordPreparation } from './word-preparation.js';

/** Words of two kinds, 20 to 60 frames of 40 bands: the strong bands rise in one and fall in the other. */
function words(rows: number, seed: number): TrainingData {
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 2);
  const matrices = Array.from(labels, (label, index) => {
    const random = new Random(seed, 'word', index);
    const frames = 20 + random.below(0, 40);
    return Float32Array.from({ length: 40 * frames }, (_, i) => {
      const [band, share] = [Math.floor(i / frames), (i % frames) / frames];
      const centre = label === 1 ? 8 + 24 * share : 32 - 24 * share;
      return Math.exp(-(((band - centre) / 4) ** 2)) + 0.01 * random.uniform(i + 1);
    });
  });
  return { shape: [40, 60], rows, labels, row: (index) => matrices[index]! };
}

const settings = keywordRecipe.settings.parse({ epochs: 5, batchSize: 8 });
const [training, validation] = [words(32, 1), words(16, 2)];
const begin = (saved?: Uint8Array) => keywordRecipe.begin({ training, validation, labels: ['down', 'up'], settings, seed: 3, saved });

describe('the recipe keywords', () => {
  it('tells two kinds of words apart, of any length, and goes on after a stop to the same bytes', async () => {
    const whole = await begin();
    while (!whole.isOver) await whole.advance();
    let broken = await begin();
    while (!broken.isOver) {
      await broken.advance();
      if (broken.step % 7 !== 0) continue;
      const saved = broken.save();
      broken.close();
      broken = await begin(saved);
    }
    expect(Buffer.compare(broken.save(), whole.save())).toBe(0); // toEqual takes seconds for each megabyte
    const scorer = await openModel(whole.best());
    expect(scorer.shape).toBeNull();
    const test = words(40, 4);
    const probabilities = scorer.score(Array.from({ length: test.rows }, (_, i) => test.row(i)));
    const right = test.labels.filter((label, i) => (probabilities[2 * i + 1]! > 0.5 ? 1 : 0) === label).length;
    expect(right).toBeGreaterThan(34);
    for (const one of [whole, broken, scorer]) one.close();
  });
});

describe('the preparation words@1', () => {
  const prepare = wordPreparation({});
  it('gives 64 frames of 40 bands', () => expect(prepare(new Float32Array(40 * 33).fill(1), [40, 33], null)).toHaveLength(64 * 40));
  it('takes no matrix of other bands', () => expect(() => prepare(new Float32Array(41), [41, 1], null)).toThrow('TRAINING_DATA_UNFIT'));
  it('takes nothing that is no power', () =>
    expect(() => prepare(new Float32Array(40).fill(-1), [40, 1], null)).toThrow('TRAINING_DATA_UNFIT'));
});
