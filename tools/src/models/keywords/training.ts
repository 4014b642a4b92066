// One training of the keyword network, on all examples or on those outside of a fold.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginNetwork, keywordRecipe, oneCycle, type WordAugmentation, wordAugmentation, wordNetwork } from '@earshot/learning';
import { type Shares, sharedBatches } from './batches.js';
import { type Example, labels } from './corpus.js';

export interface Setup {
  shares: Shares;
  steps: number;
  learningRate: number;
  weightDecay: number;
  labelSmoothing: number;
  augmentation: WordAugmentation;
}

/** What every keyword model is trained by; docs/bundled-models.md says where the numbers come from. */
export const bundledSetup: Setup = {
  shares: {
    'real digits': 15,
    'crowd digits': 16,
    'voice digits': 9,
    'crowd commands': 20,
    'voice commands': 4,
    'crowd words': 4,
    'near words': 5,
    'other words': 3,
    noise: 3,
    music: 1,
  },
  steps: 1200,
  learningRate: 6e-3,
  weightDecay: 1e-3,
  labelSmoothing: 0.05,
  augmentation: wordAugmentation.parse({}),
};

/** Trains, or takes from `folder` what the same setup, seed and fold gave before. `fold` null: on everything. */
export async function trainKeywords(
  examples: readonly Example[],
  { setup, seed, fold, folder }: { setup: Setup; seed: number; fold: number | null; folder: string },
): Promise<Uint8Array> {
  mkdirSync(folder, { recursive: true });
  const training = examples.filter((example) => fold === null || example.fold !== fold);
  const key = createHash('sha256').update(JSON.stringify([setup, seed, fold, training.map(({ name, word }) => `${word}/${name}`)]));
  const path = join(folder, `${fold === null ? 'all' : `without-${fold}`}-seed-${seed}-${key.digest('hex').slice(0, 12)}.safetensors`);
  if (!existsSync(path)) {
    writeFileSync(`${path}.part`, await train(training, setup, seed));
    renameSync(`${path}.part`, path);
  }
  return readFileSync(path);
}

async function train(training: readonly Example[], setup: Setup, seed: number): Promise<Uint8Array> {
  const started = performance.now();
  const batch = Object.values(setup.shares).reduce((sum, rows) => sum + rows, 0);
  const run = await beginNetwork({
    recipe: keywordRecipe.name,
    training: dataOf(training),
    validation: dataOf(training.filter((_, i) => i % 100 === 0)), // there is one epoch: nothing is chosen by it
    labels,
    settings: setup,
    seed,
    network: wordNetwork(labels.length, setup.augmentation),
    epochs: 1,
    batch,
    microBatch: batch / 2,
    schedule: oneCycle(setup.learningRate, { warmup: 0.15 }),
    optimizer: { weightDecay: setup.weightDecay },
    labelSmoothing: setup.labelSmoothing,
    batches: sharedBatches(training, setup.shares, setup.steps, seed),
  });
  try {
    while (!run.isOver) {
      const figures = await run.advance();
      if (run.step % 250 === 0 || figures) {
        console.log(JSON.stringify({ step: run.step, seconds: Math.round((performance.now() - started) / 1000), ...figures }));
      }
    }
    return run.best();
  } finally {
    run.close();
  }
}

function dataOf(examples: readonly Example[]) {
  return {
    shape: [40, 64],
    rows: examples.length,
    row: (index: number) => examples[index]!.power,
    labels: Int32Array.from(examples, ({ label }) => label),
  };
}
