/** Indexes that stand only in prisma/migrations, because Prisma's schema cannot say them: they cover a part of the rows. */
export const indexesOnlyInSql = [
  'blob_unreferenced', // what the sweep looks for
  'task_queued', // what claims and the dispatcher look for, in their order
  'task_running', // what the reconciler looks for
  'task_checkpointed', // checkpoints whose blobs are to be let go of
  'job_deadline', // deadlines of jobs that have not ended
  'job_unfinished', // the position in the queue, and the references of a clip
  'job_retries', // jobs that try another again
  'job_ended', // what the retention looks for
  'item_of_clip', // the references of a clip, and what was predicted about it
  'item_failed', // the failed items of a job
  'clip_deleted', // tombstones that the retention looks for
  'clip_listed', // the list of clips
  'index_entry_due', // what is not in its collection yet
];
