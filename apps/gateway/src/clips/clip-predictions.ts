import { type ClipPrediction, EarshotError } from '@earshot/contracts';
import type { PredictionPlace, PredictionRow, Workspace } from '@earshot/database';
import { jobPath } from '../jobs/job-resource.js';
import { failureProblem } from '../problems/problem-document.js';
import { pageCursor, readCursor } from '../requests/cursor.js';
import type { Page } from '../requests/paging.js';

/** What was predicted about a clip, newest first. */
export async function clipPredictions(
  workspace: Workspace,
  clipId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<ClipPrediction>> {
  const filters = { predictionsOf: clipId };
  const before = cursor === undefined ? null : placeIn(readCursor(cursor, filters));
  const { rows, next } = await workspace.clips.predictions(clipId, { before, limit });
  return { items: rows.map(predictionResource), nextCursor: next === null ? null : pageCursor(`${next.jobId} ${next.index}`, filters) };
}

function placeIn(text: string): PredictionPlace {
  const [, jobId, index] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{1,9})$/.exec(text) ?? [];
  if (jobId === undefined) throw new EarshotError('CURSOR_INVALID', 'The cursor is not one of ours');
  return { jobId, index: Number(index) };
}

function predictionResource({ jobId, index, state, createdAt, finishedAt, retryOf, ...prediction }: PredictionRow): ClipPrediction {
  const { model, windowSeconds, result, error } = prediction;
  const { modelVersionId: id, classifier, version, alias } = model;
  return {
    jobId,
    index,
    state,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    retryOf,
    model: { classifier, version, id, alias },
    windowSeconds,
    result,
    error: error === null ? null : failureProblem(error),
    links: { job: jobPath(jobId) },
  };
}
