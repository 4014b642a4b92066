import { createRoute } from '@tanstack/react-router';
import { root } from '../../root.js';

export const views = ['held-out', 'labels', 'thresholds', 'reliability', 'settings'] as const;

export interface Shown {
  view?: (typeof views)[number];
  truth?: string;
  predicted?: string;
}

/** One training run; which of its figures are looked at is in the address, and which cell of its confusion matrix is open. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/runs/$id',
  validateSearch: ({ view, truth, predicted }: Record<string, unknown>): Shown => ({
    view: views.find((name) => name === view),
    ...(typeof truth === 'string' && typeof predicted === 'string' ? { truth, predicted } : {}),
  }),
});
