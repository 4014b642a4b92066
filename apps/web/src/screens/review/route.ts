import { createRoute } from '@tanstack/react-router';
import { BadgeCheck } from 'lucide-react';
import { root } from '../../root.js';

export interface Shown {
  /** Whose results are looked through; without one the newest of all. */
  job?: string;
  classifier?: string;
  /** Where the answers of people go. */
  dataset?: string;
}

/** Results that somebody is to look at; which ones, and what becomes of it, is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/review',
  validateSearch: ({ job, classifier, dataset }: Record<string, unknown>): Shown => ({
    job: typeof job === 'string' ? job : undefined,
    classifier: typeof classifier === 'string' ? classifier : undefined,
    dataset: typeof dataset === 'string' ? dataset : undefined,
  }),
});
export const place = { name: 'Review', icon: BadgeCheck };

/** Changes what is shown; all else in the address stays. A step is one that the browser's button for back undoes. */
export function useShow(): (change: Shown, isStep?: boolean) => void {
  const navigate = route.useNavigate();
  return (change, isStep = false) =>
    void navigate({ search: (before: Shown) => ({ ...before, ...change }), replace: !isStep, resetScroll: isStep });
}
