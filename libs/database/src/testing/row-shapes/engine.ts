import { itemStates, jobStates, profileChoice, slots } from '@earshot/contracts';
import { z } from 'zod';
import type { Checkpoint } from '../../checkpoints.js';
import type { JobEventRow } from '../../event.repository.js';
import type { WaitingTask } from '../../hot/accept.js';
import type { ClaimedItem, ClaimedTask } from '../../hot/claim.js';
import type { StoredJob } from '../../hot/read-jobs.js';
import type { ItemRow } from '../../item-list.js';
import type { QuarantinedTask } from '../../look-for-dead.js';
import type { LookedRow, PredictionPlace } from '../../predictions-of-clip.js';
import type { ReadItem } from '../../task-reader.js';
import { count, counted, empty, failure, id, jobId, pgVoid } from './parts.js';

const waitingTask: z.ZodType<WaitingTask> = z.strictObject({
  id,
  queue: z.string(),
  slot: z.enum(slots),
  priority: count,
  items: z.int().positive(),
});

const checkpoint: z.ZodType<Checkpoint> = z.strictObject({
  step: count,
  document: z.record(z.string(), z.unknown()),
  blobs: z.array(z.strictObject({ sha256: z.string(), sizeBytes: count })),
});

const readItemMembers = {
  index: count,
  customId: z.string().nullable(),
  clipId: z.uuid().nullable(),
  sha256: z.string().nullable(),
  filename: z.string().nullable(),
  sizeBytes: count.nullable(),
  deleted: z.boolean(),
};

const claimedItem: z.ZodType<ClaimedItem> = z.strictObject({ ...readItemMembers, hasDerived: z.boolean() });

const readItem: z.ZodType<ReadItem> = z.strictObject({ ...readItemMembers, state: z.enum(['pending', 'succeeded', 'failed']) });

const claimedTask: z.ZodType<ClaimedTask> = z.strictObject({
  id,
  attempt: z.int().positive(),
  workspaceId: z.uuid(),
  jobId: z.uuid(),
  kind: z.string(),
  stageIndex: count,
  name: z.string(),
  version: z.int().positive(),
  slot: z.enum(slots),
  ordinal: count,
  fromIndex: count,
  toIndex: count,
  priority: count,
  retries: count,
  waits: count,
  suspect: z.boolean(),
  limited: z.boolean(),
  last: z.boolean(),
  checkpoint: checkpoint.nullable(),
  input: z.unknown(),
  requestId: z.string().nullable(),
  items: z.array(claimedItem),
});

const jobRow: z.ZodType<StoredJob> = z.strictObject({
  id: z.uuid(),
  workspaceId: z.uuid(),
  kind: z.string(),
  state: z.enum(jobStates),
  priority: count,
  input: z.unknown(),
  metadata: z.record(z.string(), z.string()),
  total: count,
  succeeded: count,
  failed: count,
  error: failure.nullable(),
  progress: z
    .strictObject({ task: z.string(), ordinal: count, step: count, of: count, figures: z.record(z.string(), z.number()) })
    .nullable(),
  retryOf: z.uuid().nullable(),
  startedBy: z.uuid().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  deadlineAt: z.date().nullable(),
  events: count,
  stage: z.string(),
  stages: z.int().positive(),
  tasks: z.int().positive(),
  tasksRemaining: count,
  queue: z.string(),
});

const itemRow: z.ZodType<ItemRow & { found: number }> = z.strictObject({
  found: count,
  index: count,
  customId: z.string().nullable(),
  clipId: z.uuid().nullable(),
  filename: z.string().nullable(),
  state: z.enum(itemStates),
  result: z.unknown(),
  error: failure.nullable(),
});

const predictionPlace: z.ZodType<PredictionPlace> = z.strictObject({ jobId: z.uuid(), index: count });

const lookEnd = predictionPlace.nullable();

const prediction = z.strictObject({
  found: count,
  lookEnd,
  jobId: z.uuid(),
  index: count,
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  retryOf: z.uuid().nullable(),
  state: z.enum(itemStates),
  model: z.strictObject({ modelVersionId: z.uuid(), classifier: z.string(), version: z.int().positive(), alias: z.string().nullable() }),
  windowSeconds: z.number().nullable(),
  result: z.strictObject({ label: z.string(), confidence: z.number(), isUnknown: z.boolean(), threshold: z.number() }).nullable(),
  error: failure.nullable(),
});

const looked: z.ZodType<LookedRow> = z.union([prediction, z.object({ found: z.null(), lookEnd }).catchall(z.null())]);

const quarantined: z.ZodType<QuarantinedTask> = z.strictObject({
  id,
  attempt: z.int().positive(),
  jobId: z.uuid(),
  kind: z.string(),
  fromIndex: count,
  toIndex: count,
});

const event: z.ZodType<JobEventRow> = z.strictObject({
  jobId: z.uuid(),
  number: z.int().positive(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  createdAt: z.date(),
});

/** Of the statements of jobs, their tasks and items, and of what workers read. */
export const engineShapes = {
  accept: z.strictObject({
    request: z.uuid(),
    task: id.nullable(),
    queue: z.string().nullable(),
    slot: z.enum(slots).nullable(),
    priority: count.nullable(),
    items: count.nullable(),
  }),
  'ask-to-stop': jobId,
  'begin-ending': empty,
  'begin-look': z.strictObject({ instant: z.string() }),
  'claim-ids': claimedTask,
  'claim-next': claimedTask,
  'claim-suspect': claimedTask,
  'backlog-jobs': z.strictObject({ kind: z.string(), state: z.enum(jobStates), jobs: count }),
  'backlog-tasks': z.strictObject({ queue: z.string(), queued: count, running: count, oldestSeconds: z.number().nullable() }),
  'backlog-workers': z.strictObject({ live: count, ending: count }),
  'waiting-work': z.strictObject({ caller: z.string(), jobs: z.number(), items: z.number(), bytes: z.number() }),
  'begin-draft': empty,
  'discard-draft': empty,
  'end-draft': z.strictObject({ isWhole: z.boolean() }),
  'forget-unwritten': empty,
  'hold-draft': z.strictObject({ isWhole: z.boolean(), set_config: z.string() }),
  'next-unwritten': z.strictObject({ jobId: z.uuid(), stageIndex: count, task: z.string() }),
  'write-tasks': counted,
  'choose-version': z.strictObject({
    n: z.int().positive(),
    traffic: z.record(z.string(), z.number()),
    candidates: z.array(z.strictObject({ alias: z.string().nullable(), id: z.uuid(), number: z.int().positive() })),
  }),
  'close-jobs': z.strictObject({ id: z.uuid(), workers: pgVoid, waiter: pgVoid }),
  commit: z.strictObject({
    task: id,
    attempt: z.int().positive(),
    workspaceId: z.uuid(),
    jobId: z.uuid(),
    opened: z.array(waitingTask).nullable(),
  }),
  'copy-items': counted,
  'count-jobs': counted,
  'count-jobs-of-kind': counted,
  'count-retries': counted,
  'count-old-answers': empty,
  'due-unlisted-jobs': jobId,
  'ended-jobs': z.strictObject({ id: z.uuid() }),
  'ended-kinds': z.strictObject({ kind: z.string() }),
  'events-after': event,
  'expired-chunks': z.strictObject({ id, jobId: z.uuid() }),
  'extend-leases': z.strictObject({ id }),
  'fail-task': z.strictObject({ id }),
  'failed-items': itemRow,
  'find-derived': z.strictObject({
    n: count,
    sha256: z.string(),
    recipe: z.string(),
    shape: z.array(count),
    facts: z.record(z.string(), z.unknown()),
    bytes: z.instanceof(Uint8Array).nullable(),
    packSha256: z.string().nullable(),
    packStart: count.nullable(),
    packBytes: count.nullable(),
  }),
  'forget-answers': counted,
  'forget-rings': z.strictObject({ n: count }),
  'forget-unlisted-jobs': counted,
  'give-back': empty,
  'has-waiting': z.strictObject({ waits: z.literal(1) }),
  'hold-ended-job': jobId,
  'insert-items': z.strictObject({ clipId: z.uuid() }),
  'insert-job': waitingTask,
  'insert-key': z.strictObject({ inserted: z.literal(1) }),
  items: itemRow,
  'items-of-state': itemRow,
  'lock-jobs': z.strictObject({ id: z.uuid() }),
  'is-stop-asked': z.strictObject({ asked: z.boolean() }),
  'keep-derived': empty,
  'late-jobs': z.strictObject({ id: z.uuid() }),
  'move-alias': z.strictObject({ version: z.int().positive() }),
  'page-of-jobs': jobId,
  'page-of-jobs-of-kind': jobId,
  'page-of-retries': jobId,
  postpone: empty,
  'predictions-of-clip': looked,
  'queue-front': z.strictObject({ jobId: z.uuid(), priority: count, tasks: count, ahead: count }),
  'read-checkpoint': z.strictObject({ newest: checkpoint }),
  'read-items': readItem,
  'read-models': z.strictObject({
    id: z.uuid(),
    workspaceId: z.uuid(),
    classifier: z.string(),
    number: z.int().positive(),
    profile: profileChoice,
    profileHash: z.string(),
    labels: z.array(z.string()),
    decision: z.record(z.string(), z.unknown()),
    decisionRevision: count,
    artifact: z.strictObject({ sha256: z.string(), sizeBytes: count }),
  }),
  'read-outputs': z.strictObject({ stageIndex: count, ordinal: count, output: z.record(z.string(), z.unknown()) }),
  'release-checkpoints': z.strictObject({ n: count }),
  'read-jobs': jobRow,
  'remove-events': counted,
  'remove-items': counted.extend({ jobId: z.uuid(), index: count }),
  'remove-stages': counted,
  'remove-tasks': counted,
  'remove-tombstones': counted.extend({ deletedAt: z.date(), id: z.uuid() }),
  'requeue-expired': waitingTask,
  'split-expired': waitingTask,
  'start-alone': z.strictObject({ id }),
  'write-checkpoint': z.strictObject({ id, forward: z.boolean() }),
  'write-progress': z.strictObject({ jobId: z.uuid() }),
  'take-due': waitingTask,
  'take-quarantined': quarantined,
  'unlist-jobs': counted.extend({ last: z.date() }),
};
