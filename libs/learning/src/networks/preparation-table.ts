import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { wordPreparation } from '../recipes/keywords/word-preparation.js';
import { heardFrames } from '../recipes/sounds/sound-input.js';
import { soundPreparation } from '../recipes/sounds/sound-preparation.js';
import { cepstraPreparation } from './cepstra-preparation.js';
import { logMelPreparation } from './log-mel-preparation.js';
import { type Prepare, transposed } from './preparations.js';

/** What a model says of its preparation: a name of the table, and the options that it takes. */
export const preparationChoice = z.strictObject({ name: z.string(), options: z.record(z.string(), z.json()).default({}) });
export type PreparationChoice = z.input<typeof preparationChoice>;

/** A name is never given another meaning: models refer to it. */
const preparations: Record<string, (options: unknown) => Prepare> = {
  'cepstra@1': cepstraPreparation,
  'log-mel@1': logMelPreparation,
  /** The matrix, turned to [frames, rows]; a vector as it is. */
  'plain@1': () => (row, shape) => (shape.length === 2 ? transposed(row, shape[0]!) : row),
  /** A mel spectrogram in dB as the network of sounds hears it: up to its last sound, again and again. */
  'sounds@1': soundPreparation,
  /** Mel power of a word, of any length, to its logarithm in the middle of so many frames. */
  'words@1': wordPreparation,
};

/** Frames of a row that are heard before they come again: all of them, unless its preparation repeats short clips. */
export function heardFramesOf({ name }: PreparationChoice, row: Float32Array, bands: number): number {
  return name === 'sounds@1' ? heardFrames(row, bands) : row.length / bands;
}

export function preparationOf(choice: PreparationChoice): Prepare {
  const make = Object.hasOwn(preparations, choice.name) ? preparations[choice.name] : undefined;
  if (!make) throw new EarshotError('MODEL_INVALID', `There is no preparation ${choice.name}`);
  return make(choice.options ?? {});
}
