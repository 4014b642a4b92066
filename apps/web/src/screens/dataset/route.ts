import { createRoute } from '@tanstack/react-router';
import { root } from '../../root.js';

export const views = ['clips', 'check', 'versions', 'split'] as const;

export interface Shown {
  view?: (typeof views)[number];
  /** Of the clips. */
  label?: string;
  unlabelled?: true;
  /** The job of a check. */
  check?: string;
  /** Of the split. */
  version?: number;
  seed?: number;
  share?: number;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const within = (value: unknown, low: number, high: number) =>
  typeof value === 'number' && value >= low && value <= high ? value : undefined;

/** One dataset; what of it is looked at is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$name',
  validateSearch: ({ view, label, unlabelled, check, version, seed, share }: Record<string, unknown>): Shown => ({
    view: views.find((name) => name === view),
    label: text(label),
    unlabelled: unlabelled === true ? true : undefined,
    check: text(check),
    version: within(version, 1, Number.MAX_SAFE_INTEGER),
    seed: within(seed, 0, 2_147_483_647),
    share: within(share, 0.01, 0.9),
  }),
});

/** Changes what is shown; all else in the address stays. */
export function useShow(): (change: Shown) => void {
  const navigate = route.useNavigate();
  return (change) => void navigate({ search: (before: Shown) => ({ ...before, ...change }), replace: true, resetScroll: false });
}
