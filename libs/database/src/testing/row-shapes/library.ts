import { z } from 'zod';
import type { IndexEntryRow, IndexedSample } from '../../library/index-entries.js';
import type { IndexVersionRow } from '../../library/index-versions.js';
import type { SampleRow, SampleStats, WordCount } from '../../library/sample-rows.js';
import { clipId, count, counted, empty, id, jobId } from './parts.js';

const indexedMembers = { sha256: z.string(), filename: z.string() };

const indexedSample: z.ZodType<IndexedSample> = z.strictObject(indexedMembers);

const sample: z.ZodType<SampleRow> = z.strictObject({
  ...indexedMembers,
  genre: z.string().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  licence: z.string().nullable(),
  author: z.string().nullable(),
  source: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  clipId: z.uuid(),
  sizeBytes: count,
  url: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  revision: count,
  addedAt: z.date(),
  updatedAt: z.date(),
});

const wordCount: z.ZodType<WordCount> = z.strictObject({ word: z.string().nullable(), samples: z.int().positive() });

const seconds = z.number().nonnegative();

const sampleStats: z.ZodType<SampleStats> = z.strictObject({
  samples: count,
  genres: z.array(wordCount),
  tags: z.array(wordCount),
  licences: z.array(wordCount),
  authors: z.array(wordCount),
  durations: z
    .strictObject({
      samples: z.int().positive(),
      totalSeconds: seconds,
      shortestSeconds: seconds,
      medianSeconds: seconds,
      longestSeconds: seconds,
    })
    .nullable(),
});

const indexEntry: z.ZodType<IndexEntryRow> = z.strictObject({
  clipId: z.uuid(),
  wanted: z.boolean(),
  revision: id,
  appliedRevision: count,
  sample: indexedSample.nullable(),
});

const indexVersion: z.ZodType<IndexVersionRow> = z.strictObject({
  id: z.uuid(),
  workspaceId: z.uuid(),
  embedder: z.string(),
  number: z.int().positive(),
  metric: z.string(),
  scaler: z.record(z.string(), z.unknown()).nullable(),
  collection: z.string(),
  mark: count,
  crowdingMark: z.int(),
  jobId: z.uuid().nullable(),
  report: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.date(),
  state: z.enum(['building', 'live', 'retired']),
  abandoned: z.boolean(),
});

/** Of the statements of the library and its index. */
export const libraryShapes = {
  'applied-clips': clipId,
  'count-index-entries': z.strictObject({ wanted: count, applied: count, due: count }),
  'crowding-of-clips': z.strictObject({ clipId: z.uuid(), crowding: z.number() }),
  'ensure-library': empty,
  'entry-chunks': z.strictObject({ last: z.uuid(), wanted: count, isLacking: z.boolean(), packs: z.array(z.string()) }),
  'fit-index-version': z.strictObject({ scaler: z.record(z.string(), z.unknown()) }),
  'follow-library': z.strictObject({ last: z.uuid() }),
  'forget-index-entries': counted,
  'forget-index-version': empty,
  'index-entries': indexEntry,
  'index-versions': indexVersion,
  'insert-index-version': empty,
  'keep-crowding': empty,
  'mark-applied': counted,
  'next-mark': z.strictObject({ mark: count }),
  'put-samples': clipId,
  'report-index-version': jobId,
  'reset-index-entries': z.strictObject({ last: z.uuid() }),
  'retire-index-version': jobId,
  samples: sample,
  'sample-ids': clipId,
  'sample-stats': sampleStats,
  'samples-of-bytes': z.strictObject({ sha256: z.string(), clipId: z.uuid() }),
  'samples-of-clips': sample,
};
