import { useQuery } from '@tanstack/react-query';
import type { components } from '../generated/openapi.js';
import { answer, api } from './client.js';

export type Status = components['schemas']['ServiceStatus'];

const everyMs = 3_000;

/** How the installation is, as of the last seconds. */
export function useStatus() {
  return useQuery({ queryKey: ['status'], queryFn: () => answer(api.GET('/api/v1/status')), refetchInterval: everyMs });
}
