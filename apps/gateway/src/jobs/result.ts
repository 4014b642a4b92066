import { EarshotError, errorCodes, type ItemResource, isErrorCode, type JobState } from '@earshot/contracts';
import type { Failure, Workspace } from '@earshot/database';
import { pageCursor } from '../requests/cursor.js';
import { countsOf, itemResource } from './job-resource.js';

/** Items that a result carries itself; the others are asked for page by page. */
const itemsInResult = 50;

interface EndedState {
  id: string;
  state: JobState;
  error: Failure | null;
}

/** Throws the problem of a job that has no result: not finished, cancelled, expired, failed. */
export function refuseWithoutResult({ id, state, error }: EndedState): void {
  if (state === 'succeeded') return;
  if (state === 'queued' || state === 'running') throw new EarshotError('JOB_NOT_FINISHED', `Job ${id} is ${state}`);
  if (error !== null && isErrorCode(error.code)) throw new EarshotError(error.code, error.detail);
  throw new EarshotError('INTERNAL', errorCodes.INTERNAL.title, { cause: error });
}

interface ResultParts {
  id: string;
  kind: string;
  state: JobState;
  total: number;
  succeeded: number;
  failed: number;
  items: ItemResource[];
  nextCursor: string | null;
}

export function resultBody({ id, kind, items, nextCursor, ...counted }: ResultParts): string {
  return JSON.stringify({ jobId: id, kind, state: counted.state, counts: countsOf(counted), items, nextCursor });
}

/** The result as the rows have it. */
export async function readResult(workspace: Workspace, jobId: string): Promise<string> {
  const job = await workspace.jobs.get(jobId);
  refuseWithoutResult(job);
  const rows = await workspace.jobs.items(jobId, { limit: itemsInResult + 1 });
  const items = rows.slice(0, itemsInResult).map(itemResource);
  const last = items.at(-1);
  const nextCursor = rows.length > itemsInResult && last !== undefined ? pageCursor(String(last.index), { jobId, state: undefined }) : null;
  return resultBody({ ...job, items, nextCursor });
}
