import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { components } from '../generated/openapi.js';

export type Run = components['schemas']['TrainingRun'];
export type RunDetail = components['schemas']['TrainingRunDetail'];

const everyMs = 1_000;

/** A run, read again each second until it has ended. */
export function useRun(id: string) {
  return useQuery({
    queryKey: ['run', id],
    queryFn: () => answer(api.GET('/api/v1/runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) => (data?.finishedAt === null ? everyMs : false),
  });
}
