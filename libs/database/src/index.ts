export type { AliasRow } from './alias.repository.js';
export { Backlog, countedAtMost, type JobBacklog, type TaskBacklog, type WaitingWork, type WorkerCount } from './backlog.js';
export { BlobLedger, graceSeconds, type UnreferencedBlob } from './blob.repository.js';
export { type Checkpoint, type CheckpointBlob, Checkpoints, type Progress } from './checkpoints.js';
export { ChoreRepository } from './chore.repository.js';
export { ClipRepository, type ClipRow } from './clip.repository.js';
export { type AbruptEnd, closeJobs, endedAmong, endedJobsChannel, failJob } from './close-jobs.js';
export { Database, type DatabaseOptions, hot, type Statement } from './database.js';
export { isDatabaseAway } from './database-errors.js';
export { DatasetRepository, type DatasetRow } from './datasets/dataset.repository.js';
export type { Change, EntryFilter, EntryRow, LabelCount, Put } from './datasets/dataset-entries.js';
export { datasetItems } from './datasets/dataset-items.js';
export type { UploadRequest } from './datasets/dataset-uploads.js';
export type { MemberRow, VersionRow } from './datasets/dataset-versions.js';
export type { Expected } from './datasets/held-dataset.js';
export { pagesOf } from './datasets/pages-of.js';
export type { Derived, DerivedPlace, NewPack } from './derived.js';
export { DerivedRepository } from './derived.repository.js';
export type { EventCursor, EventRepository, JobEventRow } from './event.repository.js';
export type { Failure } from './failure.js';
export { Grouped } from './grouped.js';
export {
  type Acceptance,
  Acceptor,
  type AcceptRequest,
  type KeyedAnswer,
  type NewClip,
  type NewItem,
  type NewJob,
  type WaitingTask,
} from './hot/accept.js';
export { type Ability, type ClaimedItem, type ClaimedTask, Claimer, coversItems } from './hot/claim.js';
export { type Committed, Committer, type EffectCall, type ItemOutcome, type TaskCommit } from './hot/commit.js';
export { Leases, leaseSeconds, type OwnedTask } from './hot/lease.js';
export type { JobRow } from './hot/read-jobs.js';
export { Outbox } from './hot/ring.js';
export type { IdempotencyRepository, KeyScope, StoredAnswer } from './idempotency.repository.js';
export type { ItemFilter, ItemPage, ItemRow } from './item-list.js';
export type { JobRepository } from './job.repository.js';
export type { CreatedJob, CreateOptions, ItemSource } from './job-creation.js';
export type { JobCount, JobFilter } from './job-list.js';
export { type EntryChunk, type IndexCounts, IndexEntries, type IndexEntryRow, type IndexedSample } from './library/index-entries.js';
export { IndexUpkeep, type IndexVersionRow, IndexVersions, type NewIndexVersion } from './library/index-versions.js';
export { libraryName } from './library/library.js';
export { SampleRepository, type SampleUpload } from './library/sample.repository.js';
export type { SampleChange, SampleFields, SampleFilter, SampleRow, SampleStats, WordCount } from './library/sample-rows.js';
export { Listener } from './listener.js';
export type { LookForDead, QuarantinedTask } from './look-for-dead.js';
export { type MigrateOptions, type MigrationReport, migrate } from './migrate.js';
export type { ChosenVersion } from './models/choose-version.js';
export type { ClassifierChange, ClassifierRow } from './models/classifier.repository.js';
export type { ClassifierAliasRow, ExpectedMoves } from './models/classifier-aliases.js';
export { Models } from './models/models.js';
export type { NewModelVersion } from './models/register-version.js';
export { type ScoringModel, ScoringModels } from './models/scoring-models.js';
export type { ModelVersionRow } from './models/version.repository.js';
export { type OldAnswer, type OldAnswerCount, quantileSeconds } from './old-answers.js';
export { pendingMigrations } from './pending-migrations.js';
export type { PredictionPage, PredictionPlace, PredictionRow } from './predictions-of-clip.js';
export { type QueueRule, QueueRules, workChannel } from './queue-rules.js';
export { Reconciliation } from './reconcile.js';
export { defaultRetention, type Removed, Retention, type RetentionPolicy } from './retention.js';
export { type ReadItem, type TaskOutputRow, TaskReader } from './task-reader.js';
export { untilThere } from './until-there.js';
export { UnwrittenTasks } from './unwritten-tasks.js';
export { type Workspace, Workspaces } from './workspace.js';
