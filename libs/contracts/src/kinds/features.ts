import { z } from 'zod';
import { eachChunk } from '../job.js';
import { defineKind } from '../kind.js';
import { defineTask } from '../task.js';
import { clipErrors, clipWarnings } from './clip-errors.js';

/** A named profile (`talent-37@1`) or the definition of one's own; libs/features says what a definition may hold. */
export const profileChoice = z.union([z.string().min(1).max(80), z.record(z.string(), z.unknown())]);

/** Vectors up to this many numbers stand in the item's result itself; larger ones are read by their route. */
export const inlineValues = 512;

/** What one profile made of a clip. */
export const vector = z.object({
  profile: z.string().meta({ description: '`name@version`', example: 'talent-37@1' }),
  hash: z.string().meta({ description: "SHA-256 over all the profile's parameters" }),
  shape: z.array(z.int().positive()).meta({ description: '[length] of a vector, [rows, frames] of a matrix (row by row)' }),
  columns: z
    .array(z.string())
    .nullable()
    .meta({ description: 'What each of the values is, in their order; null of a matrix, and of a profile that only its hash names' }),
  values: z
    .array(z.number())
    .nullable()
    .meta({ description: `32-bit floats; null for more than ${inlineValues}: read them at /api/v1/clips/{clipId}/vectors/{profile}` }),
});

export const features = z.object({
  format: z.string(),
  decoder: z.string().meta({ description: 'The decoder that read the file' }),
  durationSeconds: z.number().nonnegative().meta({ description: 'Decoded length, before silence removal' }),
  warnings: clipWarnings,
  vectors: z.array(vector).meta({ description: 'One for each profile, in the order in which they were asked for' }),
});

export const extractFeatures = defineTask({
  name: 'clips.features',
  queue: 'extract',
  summary: 'Computes the vectors of one chunk of clips: those of each profile, or an error for each clip',
  input: z.strictObject({
    profiles: z
      .array(profileChoice)
      .min(1)
      .max(8)
      .default(['electro-45@1'])
      .meta({ description: 'Names of profiles, or definitions of your own; `electro-45@1` by default' }),
  }),
  itemResult: features,
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE'],
  errors: ['PROFILE_NOT_FOUND', 'REQUEST_INVALID'],
});

/** Computes vectors of clips. */
export const featuresJob = defineKind({
  kind: 'features',
  route: 'features',
  noun: 'Features',
  summary: 'Computes the vectors of chosen profiles for clips',
  description: 'Profiles are named, or in a JSON body also defined by you. Vectors that are known already are not computed again.',
  over: 'clips',
  input: extractFeatures.input,
  stages: [eachChunk(extractFeatures, { items: 16 })],
  problems: ['PROFILE_NOT_FOUND', 'COST_TOO_HIGH'],
  example: {
    input: { profiles: ['mfcc-49x40@1'] },
    item: {
      format: 'wav/pcm16',
      decoder: 'earshot-wav',
      durationSeconds: 1,
      warnings: [],
      vectors: [
        {
          profile: 'mfcc-49x40@1',
          hash: 'b5d8f3a1c0e94f6f8c1d2e3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e',
          shape: [49, 40],
          columns: null,
          values: null,
        },
      ],
    },
  },
});

/** The numbers of a vector that is kept as bytes: 32-bit floats, least significant byte first. */
export function floatsOf(bytes: Uint8Array): number[] {
  return [...float32Of(bytes)];
}

/** The same as an array of its own. A copy: a view of floats must begin at a multiple of four. */
export function float32Of(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  return new Float32Array(new Uint8Array(bytes).buffer);
}

export type Vector = z.output<typeof vector>;
export type Features = z.output<typeof features>;
export type ProfileChoice = z.output<typeof profileChoice>;
