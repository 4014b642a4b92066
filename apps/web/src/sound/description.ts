import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { workedOut } from '../api/queries.js';
import { onlyItem, resultOf, waiting } from '../api/work.js';
import type { components } from '../generated/openapi.js';

export type Description = components['schemas']['Description'];

async function describeClip(clipId: string): Promise<Description> {
  const answered = await answer(api.POST('/api/v1/descriptions/clips', { params: { header: waiting }, body: { clipIds: [clipId] } }));
  return onlyItem(await resultOf('describe', answered)).result;
}

/** What can be said of a stored clip without any model, with the waveform to draw. */
export function useDescription(clipId: string) {
  return useQuery({ queryKey: ['description', clipId], queryFn: () => describeClip(clipId), ...workedOut });
}

/** For the player: of each part the sample that is furthest from 0, from −1 to 1. */
export function peaksOf({ lowest, highest }: Description['waveform']): number[] {
  return highest.map((high, i) => (Math.abs(lowest[i] ?? 0) > high ? (lowest[i] ?? 0) : high) / 127);
}
