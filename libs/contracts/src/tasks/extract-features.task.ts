import { z } from 'zod';
import { defineTask } from '../task.js';
import { clipErrors } from './clip-errors.js';

/** A named profile (`talent-37@1`) or the definition of one's own; libs/features says what a definition may hold. */
export const profileChoice = z.union([z.string().min(1).max(80), z.record(z.string(), z.unknown())]);

/** Vectors up to this many numbers stand in the item's result itself; larger ones are read by their route. */
export const inlineValues = 512;

/** What one profile made of a clip. */
export const vector = z.object({
  profile: z.string().meta({ description: '`name@version`', example: 'talent-37@1' }),
  hash: z.string().meta({ description: "SHA-256 over all the profile's parameters" }),
  shape: z.array(z.int().positive()).meta({ description: '[length] of a vector, [rows, frames] of a matrix (row by row)' }),
  values: z
    .array(z.number())
    .nullable()
    .meta({ description: `32-bit floats; null for more than ${inlineValues}: read them at /api/v1/clips/{clipId}/vectors/{profile}` }),
});

export const features = z.object({
  format: z.string(),
  decoder: z.string().meta({ description: 'The decoder that read the file' }),
  durationSeconds: z.number().nonnegative().meta({ description: 'Decoded length, before silence removal' }),
  vectors: z.array(vector).meta({ description: 'One for each profile, in the order in which they were asked for' }),
});

export const extractFeatures = defineTask({
  name: 'clips.features',
  queue: 'extract',
  summary: 'Computes the vectors of one chunk of clips: those of each profile, or an error for each clip',
  input: z.strictObject({ profiles: z.array(profileChoice).min(1).max(8) }),
  itemResult: features,
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE'],
  errors: ['PROFILE_NOT_FOUND', 'REQUEST_INVALID'],
});

/** The numbers of a vector that is kept as bytes: 32-bit floats, least significant byte first. */
export function floatsOf(bytes: Uint8Array): number[] {
  const aligned = new Uint8Array(bytes); // a copy: a view of floats must begin at a multiple of four
  return [...new Float32Array(aligned.buffer)];
}

export type Vector = z.output<typeof vector>;
export type Features = z.output<typeof features>;
export type ProfileChoice = z.output<typeof profileChoice>;
