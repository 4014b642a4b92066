import { createRoute } from '@tanstack/react-router';
import { GraduationCap } from 'lucide-react';
import { root } from '../../root.js';

export interface Shown {
  dataset?: string;
  datasetVersion?: number;
  recipe?: string;
  classifier?: string;
  /** A version of the classifier from whose weights to start. */
  from?: number;
  /** A run whose options are taken. */
  like?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const whole = (value: unknown) => (Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined);

/** What is to be trained stands in the address, so that other screens can ask for it. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/train',
  validateSearch: ({ dataset, datasetVersion, recipe, classifier, from, like }: Record<string, unknown>): Shown => ({
    dataset: text(dataset),
    datasetVersion: whole(datasetVersion),
    recipe: text(recipe),
    classifier: text(classifier),
    from: whole(from),
    like: text(like),
  }),
});
export const place = { name: 'Train', icon: GraduationCap };

/** Changes what is shown; all else in the address stays. */
export function useShow(): (change: Shown) => void {
  const navigate = route.useNavigate();
  return (change) => void navigate({ search: (before: Shown) => ({ ...before, ...change }), replace: true });
}
