import { createRoute } from '@tanstack/react-router';
import { root } from '../../root.js';

export const itemStates = ['succeeded', 'failed', 'pending', 'cancelled'] as const;
type ItemState = (typeof itemStates)[number];

/** One job; which of its items are shown is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$id',
  validateSearch: ({ items }: Record<string, unknown>): { items?: ItemState } => ({ items: itemStates.find((state) => state === items) }),
});
