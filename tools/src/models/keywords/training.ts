// One training of the keyword network, on all examples or on those outside of a fold.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginNetwork, keywordRecipe, oneCycle, type WordAugmentation, wordAugmentation, wordNetwork } from '@earshot/learning';
import { type Shares, sharedBatches } from './batches.js';
import { type Example, labels } from './corpus.js';

/** One cycle of the learning rate. */
export interface Round {
  shares: Shares;
  steps: number;
  learningRate: number;
}

export interface Setup {
  rounds: Round[];
  weightDecay: number;
  labelSmoothing: number;
  augmentation: WordAugmentation;
}

/** What every keyword model is trained by; docs/bundled-models.md says where the numbers come from. */
export const bundledSetup: Setup = {
  rounds: [
    {
      shares: {
        'real digits': 13,
        'crowd digits': 13,
        'voice digits': 8,
        'crowd commands': 23,
        'voice commands': 4,
        'crowd words': 4,
        'near words': 5,
        'other words': 2,
        'made words': 4,
        noise: 3,
        music: 1,
      },
      steps: 1300,
      learningRate: 6e-3,
    },
    {
      shares: {
        'real digits': 14,
        'crowd digits': 13,
        'voice digits': 8,
        'crowd commands': 24,
        'voice commands': 5,
        'crowd words': 4,
        'near words': 4,
        'other words': 1,
        'made words': 3,
        noise: 3,
        music: 1,
      },
      steps: 1300,
      learningRate: 4e-3,
    },
  ],
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
  const data = createHash('sha256').update(JSON.stringify(training.map(({ name, word }) => `${word}/${name}`)));
  const digest = data.digest('hex');
  let model: Uint8Array | undefined;
  for (const [index, round] of setup.rounds.entries()) {
    const decides = { ...setup, rounds: setup.rounds.slice(0, index + 1), seed, fold, digest };
    const key = createHash('sha256').update(JSON.stringify(decides)).digest('hex').slice(0, 12);
    const path = join(folder, `${fold === null ? 'all' : `without-${fold}`}-seed-${seed}-round-${index + 1}-${key}.safetensors`);
    if (!existsSync(path)) {
      writeFileSync(`${path}.part`, await train(training, { setup, round, seed: seed + 1000 * index, from: model }));
      renameSync(`${path}.part`, path);
    }
    model = readFileSync(path);
  }
  if (model === undefined) throw new Error('The setup has no round');
  return model;
}

async function train(
  training: readonly Example[],
  { setup, round, seed, from }: { setup: Setup; round: Round; seed: number; from: Uint8Array | undefined },
): Promise<Uint8Array> {
  const started = performance.now();
  const batch = Object.values(round.shares).reduce((sum, rows) => sum + rows, 0);
  const run = await beginNetwork({
    recipe: keywordRecipe.name,
    training: dataOf(training),
    validation: dataOf(training.filter((_, i) => i % 100 === 0)), // there is one epoch: nothing is chosen by it
    labels,
    settings: setup,
    seed,
    from,
    network: wordNetwork(labels.length, setup.augmentation),
    epochs: 1,
    batch,
    microBatch: batch / 2,
    schedule: oneCycle(round.learningRate, { warmup: 0.15 }),
    optimizer: { weightDecay: setup.weightDecay },
    labelSmoothing: setup.labelSmoothing,
    batches: sharedBatches(training, round.shares, round.steps, seed),
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
