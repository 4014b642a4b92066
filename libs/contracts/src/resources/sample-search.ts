import { z } from 'zod';
import { embedderName } from '../kinds/rebuild-index.js';

/** How many are answered at most. */
export const mostSimilar = 200;

const count = z.int().nonnegative();
const text = z.string().min(1).max(255);
const seconds = z.number().min(0).max(86_400);

/** Which samples count. */
export const sampleFilter = {
  genre: text.optional().meta({ description: 'Only samples of this genre' }),
  tags: z
    .array(text)
    .min(1)
    .max(50)
    .optional()
    .meta({ description: 'Only samples with all of these tags; in a query also as a list in JSON, for tags with commas in them' }),
  licence: text.optional().meta({ description: 'Only samples of this licence' }),
  author: text.optional().meta({ description: 'Only samples of this author' }),
  text: text.optional().meta({ description: 'Only samples whose name has this in it, in capitals or not' }),
  minSeconds: seconds.optional().meta({ description: 'Only samples that are at least so long' }),
  maxSeconds: seconds.optional().meta({ description: 'Only samples that are at most so long' }),
};

/** What is asked of the index, whatever the sound is given by. */
export const similarQuery = {
  embedder: embedderName.default('sound-97@1').meta({ description: 'By whose vectors sounds are compared; `sound-97@1` by default' }),
  n: z.int().min(1).max(mostSimilar).default(10).meta({ description: 'How many samples; 10 by default' }),
  foldCopies: z.boolean().default(false).meta({
    description: 'Tell copies of what is searched for (cosine above 0.98) apart from the results, itself among them; false by default',
  }),
  ...sampleFilter,
};

const similarSample = z.object({
  clipId: z.uuid(),
  filename: z.string(),
  genre: z.string().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  licence: z.string().nullable(),
  author: z.string().nullable(),
  source: z.string().nullable(),
  url: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  distance: z.number().min(0).max(2).meta({ description: '1 − cosine of the two vectors' }),
  similarity: z.number().min(-1).max(1).meta({ description: 'Cosine of the two vectors: 1 is the same sound' }),
});
export type SimilarSample = z.output<typeof similarSample>;

export const similarSamples = z.object({
  embedder: embedderName,
  indexVersion: z.int().positive().meta({ description: 'Number of the version of the index that was asked' }),
  metric: z.literal('cosine'),
  results: z
    .array(similarSample)
    .meta({ description: 'Best first: by the cosine, of `sound-97@1` less half of how near a hit lies to its own neighbours' }),
  copies: z
    .array(similarSample)
    .max(mostSimilar)
    .meta({ description: 'Copies of what was searched for, taken out of the results, the nearest ones; none unless that was asked for' }),
});
export type SimilarSamples = z.output<typeof similarSamples>;

/** A search by numbers: what `similarQuery` has, and the vector. */
export const similarToVector = z.strictObject({
  vector: z
    .array(z.number())
    .min(1)
    .max(4_096)
    .meta({ description: "Of the embedder's profile: 97 numbers of `sound-97@1`, 45 of `electro-45@1`" }),
  ...similarQuery,
});

/** One version of an index of the library, and whether its collection is what it should be. */
const libraryIndex = z.object({
  id: z.uuid(),
  embedder: embedderName,
  number: z.int().positive(),
  metric: z.string(),
  state: z.enum(['building', 'live', 'retired']).meta({ description: '`live`: it is asked. `retired`: its collection is about to go' }),
  jobId: z.uuid().nullable().meta({ description: 'Of the rebuild that made it' }),
  createdAt: z.iso.datetime(),
  wanted: count.meta({ description: 'Samples that should be in the collection' }),
  applied: count.meta({ description: 'Of these, those that are in it as they are now' }),
  due: count.meta({ description: 'Changes that the collection is yet to follow; samples without a vector among them' }),
  inChroma: count.nullable().meta({ description: 'Vectors that Chroma counts; null: Chroma is away, or the collection is being made' }),
  report: z.record(z.string(), z.unknown()).nullable().meta({ description: 'What its verification found' }),
});

export const libraryIndexes = z.object({ items: z.array(libraryIndex) });
export type LibraryIndex = z.output<typeof libraryIndex>;
