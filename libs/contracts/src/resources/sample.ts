import { z } from 'zod';
import { page } from './page.js';

const count = z.int().nonnegative();
const word = z.string().min(1).max(200);
const words = z.string().min(1).max(500);

/** What is said of a sample. What is left out stays as it is, or is unknown in a new sample; null makes it unknown. */
const said = {
  genre: word.nullable().optional().meta({ description: 'The label of its entry in the dataset `library`', example: 'techno' }),
  group: word.nullable().optional().meta({ description: 'What must not stand on both sides of a split: the pack, the recording' }),
  tags: z
    .array(z.string().min(1).max(64))
    .max(50)
    .transform((tags) => [...new Set(tags)])
    .optional()
    .meta({ description: 'Take the place of those that it has', example: ['loop', 'dark'] }),
  licence: words.nullable().optional().meta({ description: 'Its name or its address', example: 'CC0-1.0' }),
  author: words.nullable().optional(),
  source: words.nullable().optional().meta({ description: 'Where it comes from: the name of a pack, of a site' }),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable()
    .optional()
    .meta({ description: 'Its page' }),
  metadata: z
    .record(z.string().min(1).max(100), z.unknown())
    .refine((value) => JSON.stringify(value).length <= 8_000, 'must be at most 8000 characters of JSON')
    .optional()
    .meta({ description: 'Whatever else; takes the place of what it has' }),
};

export const sampleChange = z.strictObject(said);
export type SampleSaid = z.output<typeof sampleChange>;

/** A stored clip that becomes a sample, or a sample of which something else is said; a line of an `application/jsonl` body. */
export const sampleLine = z.strictObject({ clipId: z.uuid(), ...said });
export const sampleLines = z.strictObject({ samples: z.array(sampleLine).min(1).max(5_000) });
export type SampleLine = z.output<typeof sampleLine>;

/** The fields beside uploaded files. */
export const sampleFields = z.strictObject({
  ...said,
  samples: z
    .array(sampleChange)
    .max(10_000)
    .optional()
    .meta({ description: 'What is said of each file, in their order; it comes on top of what the other fields say of all' }),
});

export const sample = z.object({
  clipId: z.uuid(),
  filename: z.string(),
  sha256: z.string(),
  sizeBytes: count,
  genre: z.string().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  licence: z.string().nullable(),
  author: z.string().nullable(),
  source: z.string().nullable(),
  url: z.string().nullable(),
  durationSeconds: z.number().nonnegative().nullable().meta({ description: 'Null: not measured yet' }),
  metadata: z.record(z.string(), z.unknown()),
  revision: count.meta({ description: 'Counts its changes' }),
  addedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  links: z.object({ self: z.string(), clip: z.string(), audio: z.string() }),
});
export const samplePage = page(sample);
export type SampleResource = z.output<typeof sample>;

const samples = z.int().positive();
const seconds = z.number().nonnegative();

export const libraryStats = z.object({
  samples: count,
  countedAt: z.iso.datetime().meta({ description: 'A library that takes more than a second to count is not counted anew each time' }),
  genres: z.array(z.object({ genre: z.string().nullable(), samples })).meta({ description: 'The most frequent first; null: not known' }),
  tags: z.array(z.object({ tag: z.string(), samples })).meta({ description: 'The hundred most frequent' }),
  licences: z.array(z.object({ licence: z.string().nullable(), samples })).meta({ description: 'The hundred most frequent' }),
  authors: z.array(z.object({ author: z.string().nullable(), samples })).meta({ description: 'The hundred most frequent' }),
  durations: z
    .object({ samples, totalSeconds: seconds, shortestSeconds: seconds, medianSeconds: seconds, longestSeconds: seconds })
    .nullable()
    .meta({ description: 'Of the samples that were measured; null: none yet' }),
  indexes: z
    .array(
      z.object({
        embedder: z.string(),
        dimensions: z
          .int()
          .positive()
          .nullable()
          .meta({ description: 'Numbers of its vectors; null of an embedder that is not known here' }),
        metric: z.string(),
        indexVersion: z.int().positive(),
        state: z.enum(['building', 'live']),
        samples: count.meta({ description: 'That are in it, as they are now' }),
        due: count.meta({ description: 'Changes that it is yet to follow' }),
        createdAt: z.iso.datetime(),
      }),
    )
    .meta({ description: 'Vectors of the library, by embedder' }),
});
export type LibraryStats = z.output<typeof libraryStats>;

/** What the old sample system's `/stats` answers. */
export const oldSampleStats = z.object({
  total_samples: count,
  genres: z.record(z.string(), count),
  embedding_dimension: count,
  indexes: z.array(
    z.object({
      embedder: z.string(),
      embedding_dimension: z.int().positive().nullable(),
      metric: z.string(),
      index_version: z.int().positive(),
      samples: count,
    }),
  ),
});
