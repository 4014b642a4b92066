import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { keyOf } from '../api/key.js';

/** Where a player finds the sound of a clip: its address, or its bytes where a key is needed to read it. */
export function audioQuery(clipId: string) {
  const needsKey = keyOf() !== null;
  return queryOptions({
    queryKey: ['audio', clipId, needsKey],
    queryFn: (): Promise<string | Blob> =>
      needsKey
        ? answer(api.GET('/api/v1/clips/{id}/audio', { params: { path: { id: clipId } }, parseAs: 'blob' }))
        : Promise.resolve(`/api/v1/clips/${clipId}/audio`),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useClipAudio(clipId: string): string | Blob | undefined {
  return useQuery(audioQuery(clipId)).data;
}
