import type { ItemResource, JobResource, JobState } from '@earshot/contracts';
import type { ItemRow, JobRow, NewJob } from '@earshot/database';
import { failureProblem } from '../problems/problem-document.js';

export function jobPath(id: string): string {
  return `/api/v1/jobs/${id}`;
}

/** What clients see of a job's row. */
export function jobResource(row: JobRow): JobResource {
  const hasEnded = row.finishedAt !== null;
  const done = row.succeeded + row.failed;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    stage: hasEnded ? null : row.stage,
    progress:
      row.stages === 1
        ? { done, total: row.total, unit: 'items' }
        : { done: row.tasks - row.tasksRemaining, total: row.tasks, unit: 'tasks' },
    taskProgress: row.progress,
    counts: countsOf(row),
    queuePosition: row.queuePosition,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.deadlineAt?.toISOString() ?? null,
    error: row.error === null ? null : failureProblem(row.error),
    retryOf: row.retryOf,
    links: linksOf(row.id),
    metadata: row.metadata,
  };
}

/** A job that is accepted in this very moment. */
export function newJobResource(
  job: Pick<NewJob, 'id' | 'kind' | 'metadata' | 'retryOf' | 'stages' | 'deadlineAt'>,
  total: number,
  createdAt: Date,
): JobResource {
  return {
    id: job.id,
    kind: job.kind,
    state: 'queued',
    stage: job.stages[0]?.name ?? null,
    progress: { done: 0, total, unit: job.stages.length === 1 ? 'items' : 'tasks' },
    taskProgress: null,
    counts: countsOf({ state: 'queued', total, succeeded: 0, failed: 0 }),
    queuePosition: null,
    createdAt: createdAt.toISOString(),
    startedAt: null,
    finishedAt: null,
    expiresAt: job.deadlineAt?.toISOString() ?? null,
    error: null,
    retryOf: job.retryOf,
    links: linksOf(job.id),
    metadata: job.metadata,
  };
}

/** Items of an ended job that were never done count as cancelled. */
export function countsOf({ state, total, succeeded, failed }: { state: JobState; total: number; succeeded: number; failed: number }) {
  const rest = total - succeeded - failed;
  const isOpen = state === 'queued' || state === 'running';
  return { total, succeeded, failed, cancelled: isOpen ? 0 : rest, pending: isOpen ? rest : 0 };
}

export function itemResource({ index, customId, clipId, filename, state, result, error }: ItemRow): ItemResource {
  return { index, customId, clipId, filename, state, result, error: error === null ? null : failureProblem(error) };
}

function linksOf(id: string): JobResource['links'] {
  const self = jobPath(id);
  return {
    self,
    items: `${self}/items`,
    result: `${self}/result`,
    events: `${self}/events`,
    cancel: `${self}/cancel`,
    retry: `${self}/retry`,
  };
}
