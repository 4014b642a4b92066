import { z } from 'zod';
import { page } from './page.js';

/** It stands in paths and on command lines. */
export const datasetName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'must be 1 to 64 lower-case letters, digits, dots, dashes or underscores, the first a letter or a digit',
  );

const label = z.string().min(1).max(200);
const group = z.string().min(1).max(200);
const fold = z.int().min(0).max(32_767);
const labels = z.record(z.string(), z.int().positive());

export const newDataset = z.strictObject({ name: datasetName, description: z.string().max(2_000).optional() });
export const datasetChange = z.strictObject({ description: z.string().max(2_000) });

export const dataset = z.object({
  name: z.string(),
  description: z.string(),
  revision: z.int().nonnegative().meta({ description: 'Counts its changes' }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  counts: z
    .object({ clips: z.int().nonnegative(), unlabelled: z.int().nonnegative(), labels })
    .optional()
    .meta({ description: 'Not in lists. Of the clips those without a label are never trained on' }),
  links: z.object({ self: z.string(), clips: z.string(), versions: z.string() }),
});
export const datasetPage = page(dataset);
export type DatasetResource = z.output<typeof dataset>;

/** What a client says of one clip of a dataset; a line of an `application/jsonl` body. */
export const entryLine = z
  .strictObject({
    clipId: z.uuid(),
    label: label.nullable().optional().meta({ description: 'Left out: as it is; null: not known, such a clip is never trained on' }),
    group: group.nullable().optional().meta({ description: 'What must not stand on both sides of a split: the recording, the speaker' }),
    fold: fold.nullable().optional().meta({ description: 'Of a split that came with the data' }),
  })
  .meta({ description: 'What is left out stays as it is, or is unknown in a new entry' });
export const entryLines = z.strictObject({ entries: z.array(entryLine).min(1).max(10_000) });
export const entryRemoval = z.strictObject({ clipIds: z.array(z.uuid()).min(1).max(10_000) });

export const datasetClip = z.object({
  clipId: z.uuid(),
  filename: z.string(),
  sha256: z.string(),
  sizeBytes: z.int().nonnegative(),
  label: z.string().nullable(),
  group: z.string().nullable(),
  fold: z.int().nullable(),
});
export const datasetClipPage = page(datasetClip);
export type DatasetClip = z.output<typeof datasetClip>;

export const entriesChanged = z.object({
  added: z.int().nonnegative(),
  changed: z.int().nonnegative().meta({ description: 'Of those that were there already' }),
  items: z.array(datasetClip).optional().meta({ description: 'Of uploaded files: the clips that they became, in their order' }),
});
export type EntriesChanged = z.output<typeof entriesChanged>;

export const entriesRemoved = z.object({ removed: z.int().nonnegative() });

export const datasetVersion = z.object({
  id: z.uuid(),
  number: z.int().positive(),
  hash: z.string().meta({ description: 'SHA-256 of its members: equal content, equal hash' }),
  clips: z.int().positive(),
  labels,
  lost: z.int().nonnegative().meta({ description: 'Of its clips those that have been deleted since' }),
  createdAt: z.iso.datetime(),
  links: z.object({ self: z.string(), clips: z.string() }),
});
export const datasetVersionPage = page(datasetVersion);
export type DatasetVersionResource = z.output<typeof datasetVersion>;

export const datasetMember = datasetClip.omit({ sizeBytes: true }).extend({
  index: z.int().nonnegative(),
  label: z.string(),
  lost: z.boolean().meta({ description: 'The clip has been deleted' }),
});
export const datasetMemberPage = page(datasetMember);
export type DatasetMember = z.output<typeof datasetMember>;

const splitSide = z.object({
  clips: z.int().nonnegative(),
  groups: z.int().nonnegative(),
  labels: z.record(z.string(), z.int().nonnegative()),
});
const split = z.object({
  training: splitSide,
  test: splitSide,
  groupsOnBothSides: z.int().nonnegative().meta({ description: 'Whatever is learned of such a group is tested on it: the test flatters' }),
});
export const splitPreview = z.object({
  seed: z.int(),
  testShare: z.number(),
  random: split,
  grouped: split.nullable().meta({ description: 'Every group on one side; null where no clip has a group' }),
});
export type SplitPreview = z.output<typeof splitPreview>;
export type SplitSide = z.output<typeof splitSide>;
