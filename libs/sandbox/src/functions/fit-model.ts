import { types } from 'node:util';
import { epochFigures } from '@earshot/contracts';
import type { EpochFigures, Training } from '@earshot/learning';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import type { RowsReader } from '../training/rows-file.js';

/** A training as it is begun. */
export interface FitTask {
  /** Of the training: a child that is at work on it goes on where it stands. */
  key: string;
  /** Holds the rows (see `RowsWriter`). */
  folder: string;
  recipe: string;
  settings: Record<string, unknown>;
  seed: number;
  /** An artifact whose weights to start from. */
  fromPath: string | null;
  /** Resident memory that it may take. */
  memoryMb: number;
  /** What computes a convolutional network; other families have one. */
  backend: 'wasm' | 'native';
}

export interface FitSlice extends FitTask {
  /** Where it stands: steps so far. */
  step: number;
  /** Of `state`, as handed back at that step; null at step 0. Needed where no child is at work on it. */
  savedPath: string | null;
  /** The child goes on for so long; a step longer at most. */
  sliceMs: number;
  /** Hand back the state. */
  save: boolean;
  /** End with the best epoch so far: there is one. */
  finish: boolean;
}

export interface FitProgress {
  step: number;
  steps: number;
  epoch: number;
  epochs: number;
  /** The model of the best epoch, once it is over. */
  artifact: Uint8Array | null;
  /** Whether it ended by itself. */
  isOver: boolean;
  /** Of the epochs that ended in this slice. */
  figures: EpochFigures[];
  /** To go on from, when it was asked for. */
  state: Uint8Array | null;
}

// Not `instanceof`: what was unpacked need not come from the realm of this module.
const bytes = z.custom<Uint8Array>(types.isUint8Array).nullable();
const count = z.int().nonnegative();

/** The longest that reading the rows, a step, and a state to save may take together. */
const longestMs = 300_000;

/** A slice of a training: so short that a child may be killed at any moment and little is lost. */
export const fitModel = defineFunction<FitSlice, FitProgress>({
  lend(slice, lend) {
    const lendNullable = (path: string | null) => (path === null ? null : lend(path));
    return { ...slice, folder: lend(slice.folder), savedPath: lendNullable(slice.savedPath), fromPath: lendNullable(slice.fromPath) };
  },
  limits: ({ sliceMs, memoryMb }) => ({
    wallClockMs: longestMs + sliceMs,
    memoryMb,
    outputBytes: memoryMb * 1_000_000,
    outputValues: 100_000,
  }),
  output: z.object({
    step: count,
    steps: count,
    epoch: count,
    epochs: count,
    artifact: bytes,
    isOver: z.boolean(),
    figures: z.array(epochFigures).max(10_000),
    state: bytes,
  }),
  async run({ sliceMs, save, finish, ...slice }) {
    const training = await under(slice);
    const endMs = performance.now() + sliceMs;
    const figures: EpochFigures[] = [];
    while (!training.isOver && !finish && performance.now() < endMs) {
      const ended = await training.advance();
      if (ended !== null) figures.push(ended);
    }
    const { step, steps, epoch, epochs, isOver } = training;
    const hasEnded = isOver || finish;
    return {
      step,
      steps,
      epoch,
      epochs,
      isOver,
      figures,
      artifact: hasEnded ? training.best() : null,
      state: save && !hasEnded ? training.save() : null,
    };
  },
});

/** The training that this child holds in memory. */
let held: { key: string; training: Training; rows: RowsReader } | null = null;

async function under({ key, step, savedPath, ...task }: Omit<FitSlice, 'sliceMs' | 'save' | 'finish'>): Promise<Training> {
  if (held?.key === key && held.training.step === step) return held.training;
  held?.training.close();
  held?.rows.close();
  held = null;
  const [{ readFile }, { recipes }, { RowsReader: Rows }] = await Promise.all([
    import('node:fs/promises'),
    import('@earshot/learning'),
    import('../training/rows-file.js'),
  ]);
  const recipe = recipes.get(task.recipe);
  if (recipe === undefined) throw new Error(`There is no recipe ${task.recipe}`);
  const rows = new Rows(task.folder);
  const training = await recipe.begin({
    training: rows.part('t'),
    validation: rows.part('v'),
    labels: rows.labels,
    settings: recipe.settings.parse(task.settings),
    seed: task.seed,
    backend: task.backend,
    ...(savedPath === null ? {} : { saved: await readFile(savedPath) }),
    ...(task.fromPath === null ? {} : { from: await readFile(task.fromPath) }),
  });
  if (training.step !== step) throw new Error(`The training stands at step ${training.step}, not at ${step}`);
  held = { key, training, rows };
  return training;
}
