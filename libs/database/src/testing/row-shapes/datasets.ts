import { z } from 'zod';
import type { EntryRow } from '../../datasets/dataset-entries.js';
import type { MemberRow, VersionRow } from '../../datasets/dataset-versions.js';
import { clipId, count, counted, empty } from './parts.js';

const entry: z.ZodType<EntryRow> = z.strictObject({
  clipId: z.uuid(),
  label: z.string().nullable(),
  group: z.string().nullable(),
  fold: count.nullable(),
  filename: z.string(),
  sha256: z.string(),
  sizeBytes: count,
});

const member: z.ZodType<MemberRow> = z.strictObject({
  index: count,
  clipId: z.uuid(),
  sha256: z.string(),
  filename: z.string(),
  label: z.string(),
  group: z.string().nullable(),
  fold: count.nullable(),
  lost: z.boolean(),
});

const version: z.ZodType<VersionRow> = z.strictObject({
  id: z.uuid(),
  datasetId: z.uuid(),
  number: z.int().positive(),
  hash: z.string(),
  clips: z.int().positive(),
  labels: z.record(z.string(), z.int().positive()),
  lost: count,
  createdAt: z.date(),
});

/** Of the statements of datasets and their versions. */
export const datasetShapes = {
  'count-members-without': counted,
  'count-labels': z.strictObject({ label: z.string().nullable(), clips: z.int().positive() }),
  'dataset-users': z.strictObject({ what: z.enum(['model', 'job']), name: z.string() }),
  'describe-dataset': empty,
  entries: entry,
  'entries-of-label': entry,
  'hold-clips': z.strictObject({ id: z.uuid() }),
  'hold-datasets-of-clip': z.strictObject({ id: z.uuid(), name: z.string() }),
  'insert-members': empty,
  'insert-version': version,
  'has-fold': z.strictObject({ found: z.boolean() }),
  'missing-groups': z.strictObject({ group: z.string() }),
  'lock-dataset': z.strictObject({ id: z.uuid(), name: z.string(), revision: count }),
  'lose-clip': empty,
  members: member,
  'put-entries': z.strictObject({ added: count, changed: count, known: count, touched: z.array(z.uuid()) }),
  'remove-dataset': empty,
  'remove-entries': clipId,
  'regain-clips': version,
  'remove-members': empty,
  'remove-versions': z.strictObject({ id: z.uuid(), clips: z.int().positive() }),
  'touch-dataset': z.strictObject({ revision: z.int().positive() }),
  'version-of-hash': version,
  'version-of-revision': version,
  'versions-of-clip': z.strictObject({ name: z.string(), number: z.int().positive() }),
  'renew-members': empty,
};
