import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { keyOf } from '../api/key.js';

/** Where a player finds the sound of a clip: its address, or its bytes where a key is needed to read it. */
export function useClipAudio(clipId: string): string | Blob | undefined {
  const needsKey = keyOf() !== null;
  const bytes = useQuery({
    queryKey: ['audio', clipId],
    queryFn: () => answer(api.GET('/api/v1/clips/{id}/audio', { params: { path: { id: clipId } }, parseAs: 'blob' })),
    enabled: needsKey,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return needsKey ? bytes.data : `/api/v1/clips/${clipId}/audio`;
}
