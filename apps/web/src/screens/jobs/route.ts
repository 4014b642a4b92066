import { createRoute } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { isJobState, isKind, type JobState, type Kind } from '../../jobs/words.js';
import { root } from '../../root.js';

interface Shown {
  state?: JobState;
  kind?: Kind;
  /** Those that failed for this reason. */
  code?: string;
  /** Those that try this job again. */
  retryOf?: string;
}

export const route = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: ({ state, kind, code, retryOf }: Record<string, unknown>): Shown => ({
    state: isJobState(state) ? state : undefined,
    kind: isKind(kind) ? kind : undefined,
    code: typeof code === 'string' ? code : undefined,
    retryOf: typeof retryOf === 'string' ? retryOf : undefined,
  }),
});
export const place = { name: 'Jobs', icon: ListChecks };
