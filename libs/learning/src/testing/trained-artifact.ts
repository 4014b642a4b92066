import { Random } from '../random.js';
import { sounds } from '../recipes/sounds/sounds.js';
import { talentMlp } from '../recipes/talent-mlp.js';
import type { TrainingData } from '../training/training.js';

const columns = 37;

/** Settings of the recipe are among them. */
interface ArtifactOptions {
  seed?: number;
  labels?: readonly string[];
  [setting: string]: unknown;
}

/** Rows that differ by their label, and spread as far as frequencies do: so that real vectors are not beyond all of them. */
function rowsOf(count: number): TrainingData {
  const rows = Array.from({ length: count }, (_, i) =>
    Float32Array.from({ length: columns }, (_, k) => 1_500 * (Math.sin(7 * i + k) + (i % 2))),
  );
  return {
    shape: [columns],
    rows: count,
    row: (i) => rows[i] ?? new Float32Array(columns),
    labels: Int32Array.from(rows, (_, i) => i % 2),
  };
}

/** A network for `talent-37@1`, trained for a moment on numbers that mean nothing; another seed gives another one. */
export async function trainedArtifact({ seed = 1, labels = ['bad', 'good'], ...changes }: ArtifactOptions = {}): Promise<Uint8Array> {
  const settings = talentMlp.settings.parse({ epochs: 5, ...changes });
  const training = await talentMlp.begin({ training: rowsOf(64), validation: rowsOf(32), labels, settings, seed });
  while (!training.isOver) await training.advance();
  const artifact = training.best();
  training.close();
  return artifact;
}

/** A network for `logmel-128@1`, trained for a moment on noise in the upper or the lower bands: labels high and low. */
export async function trainedSounds(seed = 1): Promise<Uint8Array> {
  const [bands, frames] = [128, 216];
  const rowOf = (n: number) => {
    const random = new Random(seed, 'noise', n);
    return Float32Array.from(
      { length: bands * frames },
      (_, i) => (i < (bands * frames) / 2 === (n % 2 === 1) ? -20 : -70) + random.normal(i),
    );
  };
  const part = (first: number, rows: number): TrainingData => {
    const all = Array.from({ length: rows }, (_, i) => rowOf(first + i));
    return { shape: [bands, frames], rows, row: (i) => all[i]!, labels: Int32Array.from(all, (_, i) => i % 2) };
  };
  const settings = sounds.settings.parse({ epochs: 5, batchSize: 8, learningRate: 0.01, cropFrames: 32, filters: [8, 8, 8, 8] });
  const training = await sounds.begin({ training: part(0, 24), validation: part(24, 4), labels: ['high', 'low'], settings, seed });
  while (!training.isOver) await training.advance();
  const artifact = training.best();
  training.close();
  return artifact;
}
