import { createRoute } from '@tanstack/react-router';
import { ChartNoAxesCombined } from 'lucide-react';
import { root } from '../../root.js';

export const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] as const;

export interface Shown {
  state?: (typeof states)[number];
  classifier?: string;
  /** The runs that are put side by side. */
  ids?: string[];
}

/** All runs; which are shown, and which are compared, is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: ({ state, classifier, ids }: Record<string, unknown>): Shown => ({
    state: states.find((name) => name === state),
    classifier: typeof classifier === 'string' ? classifier : undefined,
    ids: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, mostCompared) : undefined,
  }),
});
export const place = { name: 'Runs', icon: ChartNoAxesCombined };

/** As many the API puts side by side. */
export const mostCompared = 10;

/** Changes what is shown; all else in the address stays. */
export function useShow(): (change: Shown) => void {
  const navigate = route.useNavigate();
  return (change) => void navigate({ search: (before: Shown) => ({ ...before, ...change }), replace: true });
}
