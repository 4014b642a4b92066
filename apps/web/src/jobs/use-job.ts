import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';

const everyMs = 1_000;

/** A job, read again each second until it has ended. */
export function useJob(id: string) {
  return useQuery({
    queryKey: ['jobs', 'one', id],
    queryFn: () => answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.finishedAt === null ? everyMs : false),
  });
}
