import { EarshotError, errorCodes, type ItemResource, isErrorCode, type JobState, type ResultResource } from '@earshot/contracts';
import type { Failure, NewClip, Workspace } from '@earshot/database';
import type { EndedJob } from '@earshot/queue';
import { pageCursor } from '../requests/cursor.js';
import { countsOf, itemResource } from './job-resource.js';

/** Items that a result carries itself; the others are asked for page by page. */
const itemsInResult = 50;

/** How a job has ended: with its result, or with the problem that it has instead. */
export type Ending = { result: ResultResource } | { problem: EarshotError };

/** The end as the rows have it. */
export async function readEnding(workspace: Workspace, jobId: string): Promise<Ending> {
  const job = await workspace.jobs.get(jobId);
  const problem = problemInsteadOfResult(job);
  if (problem !== null) return { problem };
  const [{ rows, next }, whole] = await Promise.all([
    workspace.jobs.itemPage(jobId, { limit: itemsInResult }),
    workspace.jobs.result(jobId),
  ]);
  const nextCursor = next === null ? null : pageCursor(String(next), { jobId, state: undefined });
  const result = resultOf(job, rows.map(itemResource), nextCursor);
  return { result: whole === null ? result : { ...result, result: whole } };
}

/** The end by the commit's notification and what the request knows that brought its clips; null when that is not enough. */
export function notifiedEnding(
  { id, kind }: { id: string; kind: string },
  clips: NewClip[],
  { state, succeeded, failed, error, items }: EndedJob,
): Ending | null {
  if (state === undefined) return null;
  const problem = problemInsteadOfResult({ id, state, error: error ?? null });
  if (problem !== null) return { problem };
  if (!items || items.length !== clips.length || succeeded === undefined || failed === undefined) return null;
  const resources = items.map((item) => {
    const clip = clips[item.index];
    return itemResource({ ...item, customId: null, clipId: clip?.id ?? null, filename: clip?.filename ?? null });
  });
  return { result: resultOf({ id, kind, state, total: clips.length, succeeded, failed }, resources, null) };
}

interface CountedJob {
  id: string;
  kind: string;
  state: JobState;
  total: number;
  succeeded: number;
  failed: number;
}

function resultOf({ id, kind, ...counted }: CountedJob, items: ItemResource[], nextCursor: string | null): ResultResource {
  return { jobId: id, kind, state: counted.state, counts: countsOf(counted), ...(counted.total > 0 ? { items, nextCursor } : {}) };
}

/** What a job has that has no result: it has not finished, or was cancelled, expired, or failed. */
function problemInsteadOfResult({ id, state, error }: { id: string; state: JobState; error: Failure | null }): EarshotError | null {
  if (state === 'succeeded') return null;
  const members = { jobId: id };
  if (state === 'queued' || state === 'running') return new EarshotError('JOB_NOT_FINISHED', `Job ${id} is ${state}`, { members });
  if (error !== null && isErrorCode(error.code)) return new EarshotError(error.code, error.detail, { members });
  return new EarshotError('INTERNAL', errorCodes.INTERNAL.title, { cause: error, members });
}
