import { createRoute } from '@tanstack/react-router';
import { root } from '../../root.js';

export const views = ['card', 'figures', 'decision', 'beside', 'provenance'] as const;

export interface Shown {
  version?: number;
  view?: (typeof views)[number];
  /** The version that it is put beside. */
  beside?: number;
}

const whole = (value: unknown) => (Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined);

/** One classifier; which version is looked at, and how, is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/models/$name',
  validateSearch: ({ version, view, beside }: Record<string, unknown>): Shown => ({
    version: whole(version),
    view: views.find((name) => name === view),
    beside: whole(beside),
  }),
});

/** Changes what is shown; all else in the address stays. */
export function useShow(): (change: Shown) => void {
  const navigate = route.useNavigate();
  return (change) => void navigate({ search: (before: Shown) => ({ ...before, ...change }), replace: true, resetScroll: false });
}
