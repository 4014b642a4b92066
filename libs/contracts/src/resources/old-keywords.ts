// What clients of the old keyword system are answered: its own names and units.
import { z } from 'zod';

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();
const probability = z.number().min(0).max(1);

const heard = {
  keyword: z.string(),
  confidence: probability.meta({ description: 'Four decimals' }),
  processing_time: seconds.meta({ description: 'Seconds from the last byte of the files to the answer; in a batch the same for all' }),
  model_version: z.string(),
  timestamp: z.iso.datetime(),
  windows: z
    .array(z.object({ start: seconds, end: seconds, keyword: z.string().nullable(), confidence: probability.nullable() }))
    .optional()
    .meta({ description: 'Of audio longer than 1.28 s: what is heard when, in seconds; the surest keyword among them stands above' }),
};

export const keywordPrediction = z.object(heard).meta({ id: 'KeywordPrediction' });

export type KeywordPrediction = z.output<typeof keywordPrediction>;

export const keywordBatch = z
  .object({
    results: z
      .array(
        z.union([z.object({ filename: z.string(), ...heard }), z.object({ filename: z.string(), error: z.string(), code: z.string() })]),
      )
      .meta({ description: 'In the order of the files' }),
    total: count,
    successful: count,
    failed: count,
  })
  .meta({ id: 'KeywordBatch' });

export type KeywordBatch = z.output<typeof keywordBatch>;

export const keywordHealth = z
  .object({
    status: z.enum(['healthy', 'degraded']),
    uptime_seconds: seconds,
    model_available: z.boolean(),
    total_predictions: count,
    avg_processing_time: seconds,
  })
  .meta({ id: 'KeywordHealth' });

const counts = z.record(z.string(), count);

export const keywordMetrics = z
  .object({
    total_predictions: count.meta({ description: 'Since installation, by these routes; of answers that were waited for' }),
    avg_processing_time: seconds,
    p95_processing_time: seconds.meta({ description: 'To the width of a bucket: 10 %' }),
    error_rate: probability,
    uptime_seconds: seconds.meta({ description: "The gateway's" }),
    memory_mb: z.number().nonnegative().meta({ description: "The gateway's" }),
    predictions_by_keyword: counts,
    predictions_by_version: counts,
  })
  .meta({ id: 'KeywordMetrics' });

export const keywordModelInfo = z
  .object({
    model_version: z.string(),
    keywords: z.array(z.string()),
    architecture: z.string(),
    parameters: count.meta({ description: 'Numbers that the model holds' }),
    accuracy: probability.nullable().meta({ description: 'On held-out recordings; null where it was not measured' }),
    trained_at: z.iso.datetime().meta({ description: 'When the version was registered' }),
  })
  .meta({ id: 'KeywordModelInfo' });
