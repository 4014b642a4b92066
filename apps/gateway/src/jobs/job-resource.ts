import type { ItemResource, JobResource, JobState } from '@earshot/contracts';
import type { ItemRow, JobRow, NewJob } from '@earshot/database';
import { failureProblem } from '../problems/problem-document.js';

export function jobPath(id: string): string {
  return `/api/v1/jobs/${id}`;
}

/** What clients see of a job's row. */
export function jobResource(row: JobRow): JobResource {
  const hasEnded = row.finishedAt !== null;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    stage: hasEnded ? null : row.stage,
    progress: isCountedByItems(row.stages, row.total)
      ? { done: row.succeeded + row.failed, total: row.total, unit: 'items' }
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
    progress: isCountedByItems(job.stages.length, total)
      ? { done: 0, total, unit: 'items' }
      : { done: 0, total: tasksOf(job.stages, total), unit: 'tasks' },
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

function isCountedByItems(stages: number, total: number): boolean {
  return stages === 1 && total > 0;
}

/** Tasks of all stages, as far as they are known when a job begins (`sql/parts/planned-tasks.sql`). */
function tasksOf(stages: NewJob['stages'], total: number): number {
  const tasks = stages.flatMap(({ parts }) =>
    parts.map(({ itemsPerTask, countOf }) => (itemsPerTask > 0 ? Math.max(1, Math.ceil(total / itemsPerTask)) : countOf === null ? 1 : 0)),
  );
  return tasks.reduce((sum, count) => sum + count, 0);
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
