import { createRoute } from '@tanstack/react-router';
import { Layers } from 'lucide-react';
import { root } from '../../root.js';

export const sources = ['files', 'clips', 'lines'] as const;
export const works = ['predict', 'describe', 'features'] as const;
export type Work = (typeof works)[number];

interface Shown {
  from?: (typeof sources)[number];
  work?: Work;
  classifier?: string;
  profile?: string;
}

/** Where the clips come from, and what is to be done with them, is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/batches',
  validateSearch: ({ from, work, classifier, profile }: Record<string, unknown>): Shown => ({
    from: sources.find((name) => name === from),
    work: works.find((name) => name === work),
    classifier: typeof classifier === 'string' ? classifier : undefined,
    profile: typeof profile === 'string' ? profile : undefined,
  }),
});
export const place = { name: 'Batches', icon: Layers };
export const alsoAt = ['/batch'];
