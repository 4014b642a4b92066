import { createRoute } from '@tanstack/react-router';
import { Gauge } from 'lucide-react';
import { isKind, type Kind } from '../../jobs/words.js';
import { root } from '../../root.js';

/** Jobs of one kind, or of all: in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  validateSearch: ({ kind }: Record<string, unknown>): { kind?: Kind } => ({ kind: isKind(kind) ? kind : undefined }),
});
export const place = { name: 'Dashboard', icon: Gauge };
export const alsoAt = ['/visualizations'];
