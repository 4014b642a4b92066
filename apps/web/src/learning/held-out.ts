// The clips that a run held out, and what its model says of each: asked now, so that every clip can be opened and every threshold tried.
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { workedOut } from '../api/queries.js';
import { isDone, resultOf, waiting } from '../api/work.js';

export interface HeldOutClip {
  clipId: string;
  filename: string;
  truth: string;
  group: string | null;
  /** The most probable first. */
  scores: readonly { label: string; score: number }[];
}

/** More are not asked for: the first so many stand for all, and the screen says so. */
export const mostHeldOut = 2_000;

export function useHeldOut(runId: string, classifier: string, version: number) {
  return useQuery({
    queryKey: ['held-out', runId, version],
    queryFn: () => heldOut(runId, classifier, version),
    ...workedOut,
  });
}

async function heldOut(runId: string, classifier: string, version: number): Promise<HeldOutClip[]> {
  const clips = await pagesOf(
    (cursor) =>
      answer(api.GET('/api/v1/runs/{id}/clips', { params: { path: { id: runId }, query: { part: 'test', limit: 200, cursor } } })),
    mostHeldOut,
  );
  const there = clips.filter(({ lost }) => !lost);
  if (there.length === 0) return [];
  const body = { clipIds: there.map(({ clipId }) => clipId), classifier, version, allScores: true };
  const { items } = await resultOf('predict', await answer(api.POST('/api/v1/predictions/clips', { params: { header: waiting }, body })));
  return items.filter(isDone).flatMap(({ index, result }) => {
    const clip = there[index];
    if (clip === undefined) return [];
    const scores = result.scores.toSorted((a, b) => b.score - a.score);
    return [{ clipId: clip.clipId, filename: clip.filename, truth: clip.label, group: clip.group, scores }];
  });
}
