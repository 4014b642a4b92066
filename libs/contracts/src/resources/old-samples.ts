// What clients of the old sample search send and are answered: its own names.
import { z } from 'zod';
import { mostSimilar, similarSamples } from './sample-search.js';

export const oldSampleQuery = z.strictObject({
  n_results: z.coerce.number().int().min(1).max(mostSimilar).default(5).meta({ description: 'How many; 5 by default' }),
  embedder: z
    .string()
    .min(1)
    .max(80)
    .default('sound-97@1')
    .meta({ description: 'By whose vectors sounds are compared: `sound-97@1`, or `electro-45@1` as the old system did' }),
});

export const oldSampleSearch = z
  .object({
    query: z.string().meta({ description: 'The name of the file' }),
    n_results: z.int().nonnegative().meta({ description: 'How many there are' }),
    results: z.array(
      z.object({
        id: z.uuid(),
        filename: z.string(),
        genre: z.string().nullable(),
        distance: z.number(),
        similarity: z.number(),
        metadata: z.record(z.string(), z.unknown()).meta({ description: 'What the library says of it, licence and author among it' }),
      }),
    ),
    metric: similarSamples.shape.metric,
    index_version: similarSamples.shape.indexVersion,
    embedder: similarSamples.shape.embedder,
  })
  .meta({ id: 'OldSampleSearch' });

export type OldSampleSearch = z.output<typeof oldSampleSearch>;
