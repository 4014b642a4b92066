import { readModel, writeModel } from '../artifact/model-file.js';
import { Random } from '../random.js';
import { cnn } from '../recipes/cnn.js';
import { openModel } from '../recipes/open-model.js';
import { sounds } from '../recipes/sounds/sounds.js';
import type { Scorer, TrainingData } from '../training/training.js';
import type { Explanation } from './explain-network.js';
import type { FeatureMap } from './feature-map.js';

const [bands, frames] = [16, 216];
const labels = ['low', 'middle', 'high'];

describe('the explanation of an answer', () => {
  let artifact: Uint8Array;
  let explain: (row: Float32Array) => Explanation;
  let score: (row: Float32Array) => Float32Array;

  beforeAll(async () => {
    const settings = sounds.settings.parse({ epochs: 20, batchSize: 16, learningRate: 0.01, cropFrames: 96, filters: [16, 16, 16, 16] });
    const training = await sounds.begin({ training: sounding(96, 1), validation: sounding(30, 2), labels, settings, seed: 5 });
    while (!training.isOver) await training.advance();
    artifact = training.best();
    training.close();
    const scorer = await openModel(artifact);
    explain = (row) => scorer.explain!(row);
    score = (row) => scorer.score([row]);
  }, 60_000);

  it.each([216, 130, 13])('adds up to the answer, also where a clip is heard again: %i frames', (end) => {
    const row = clip({ label: 2, from: 2, end });
    const { probabilities, activations } = explain(row);
    const { temperature } = readModel(artifact).header;
    expect(probabilities).toEqual(score(row));
    const logits = activations.map(({ map, bias }) => meanOf(map) + bias);
    for (const c of [0, 1]) {
      const apart = temperature * Math.log(probabilities[2]! / probabilities[c]!);
      expect(logits[2]! - logits[c]!).toBeCloseTo(apart, 3);
    }
  });

  it('points at the sound: at the half of the clip in which it is', () => {
    for (const [from, half] of [
      [130, 1],
      [10, 0],
    ] as const) {
      const { probabilities, activations } = explain(clip({ label: 1, from, end: from + 60, length: frames }));
      expect(probabilities[1]).toBeGreaterThan(0.5);
      expect(shareOfHalf(activations[1]!.map, half)).toBeGreaterThan(0.7);
    }
  });

  it('is another one, and points nowhere, when the weights are dealt anew', async () => {
    const row = clip({ label: 1, from: 130, end: 190, length: frames });
    const { map } = explain(row).activations[1]!;
    const others = await Promise.all([1, 2, 3, 4, 5].map(async (seed) => (await dealt(artifact, seed)).explain!(row).activations[1]!.map));
    for (const other of others) expect(distance(map, other)).toBeGreaterThan(0.5);
    const mean = others.reduce((sum, other) => sum + shareOfHalf(other, 1), 0) / others.length;
    expect(mean).toBeLessThan(0.75);
    expect(shareOfHalf(map, 1)).toBeGreaterThan(0.9);
  });

  it('shows the maps of every named layer over the frames that are heard', () => {
    const { layers, frames: heard } = explain(clip({ label: 0, from: 0, end: 30 }));
    expect(heard).toBe(32);
    const sizes = Object.fromEntries(layers.map(({ name, channels, map }) => [name, [map.bands, map.frames, channels]]));
    expect(sizes).toMatchObject({ conv1: [8, 16, 16], layer1: [4, 8, 16], 'layer2.conv1': [2, 4, 16], layer3: [1, 4, 16] });
    expect(layers.every(({ map }) => map.values.every(Number.isFinite) && map.values.length === map.bands * map.frames)).toBe(true);
  });

  it('is not there for a network whose answer is no sum over places', async () => {
    const settings = cnn.settings.parse({ epochs: 5, batchSize: 32 });
    const training = await cnn.begin({ training: sounding(32, 1), validation: sounding(8, 2), labels, settings, seed: 5 });
    const scorer = await openModel(training.best());
    training.close();
    expect(scorer.explain).toBeUndefined();
  });
});

interface Sounding {
  label: number;
  /** Frames in which it sounds. */
  from: number;
  end: number;
  /** Frames of noise; after them there is nothing. */
  length?: number;
  seed?: number;
}

/** Noise 50 dB below a sound in bands of its own for each label. */
function clip({ label, from, end, length = end, seed = 9 }: Sounding): Float32Array {
  const random = new Random(seed, 'noise');
  return Float32Array.from({ length: bands * frames }, (_, i) => {
    const [band, t] = [Math.floor(i / frames), i % frames];
    if (t >= length) return -90;
    const isSounding = t >= from && t < end && Math.floor(band / 5.4) === label;
    return (isSounding ? -20 : -65) + 4 * random.normal(i);
  });
}

function sounding(rows: number, seed: number): TrainingData {
  const random = new Random(seed, 'clips');
  const clips = Array.from({ length: rows }, (_, row) => {
    const from = random.below(2 * row, 140);
    return clip({ label: row % 3, from, end: from + 30 + random.below(2 * row + 1, 40), length: frames, seed: 1000 * seed + row });
  });
  return { shape: [bands, frames], rows, row: (i) => clips[i]!, labels: Int32Array.from({ length: rows }, (_, row) => row % 3) };
}

function meanOf({ values }: FeatureMap): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of all that speaks for the label, what lies in the first or second half. */
function shareOfHalf({ values, frames: columns }: FeatureMap, half: 0 | 1): number {
  let [inHalf, all] = [0, 0];
  values.forEach((value, i) => {
    if (value <= 0) return;
    all += value;
    if (Math.floor((2 * (i % columns)) / columns) === half) inHalf += value;
  });
  return all === 0 ? 0 : inHalf / all; // nothing speaks for it: it points nowhere
}

/** Root mean square of what differs, in shares of that of the first. */
function distance(a: FeatureMap, b: FeatureMap): number {
  return Math.hypot(...a.values.map((value, i) => value - b.values[i]!)) / Math.hypot(...a.values);
}

/** The same model with the weights of each of its kernels in another order. */
function dealt(artifact: Uint8Array, seed: number): Promise<Scorer> {
  const { tensors, ...rest } = readModel(artifact);
  const others = [...tensors].map(([name, { shape, values }]) => {
    const isKernel = name.endsWith('kernel');
    return [name, { shape, values: isKernel ? Float32Array.from(new Random(seed, name).shuffle([...values])) : values }] as const;
  });
  return openModel(writeModel({ ...rest, tensors: new Map(others) }));
}
