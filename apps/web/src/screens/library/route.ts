import { createRoute } from '@tanstack/react-router';
import { Library } from 'lucide-react';
import { root } from '../../root.js';

export const views = ['samples', 'map', 'anomalies', 'index'] as const;
export const embedders = ['sound-97@1', 'electro-45@1'] as const;
export const methods = ['neighbours', 'isolation-forest'] as const;

const textFilters = ['text', 'genre', 'tag', 'licence', 'author'] as const;
const numberFilters = ['minSeconds', 'maxSeconds'] as const;
export const filters = [...textFilters, ...numberFilters];

export type Filters = Partial<Record<(typeof textFilters)[number], string> & Record<(typeof numberFilters)[number], number>>;

export interface Shown extends Filters {
  view?: (typeof views)[number];
  /** The clip whose like is searched for. */
  like?: string;
  embedder?: (typeof embedders)[number];
  /** By which the anomalies were found. */
  method?: (typeof methods)[number];
  /** The sample of the map that is looked at. */
  at?: string;
}

/** The library: what is looked at, and what is left of it by filters, is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/library',
  validateSearch: (search: Record<string, unknown>): Shown => ({
    ...Object.fromEntries([...textFilters, 'like', 'at'].flatMap((name) => (isText(search[name]) ? [[name, String(search[name])]] : []))),
    ...Object.fromEntries(numberFilters.flatMap((name) => (Number(search[name]) > 0 ? [[name, Number(search[name])]] : []))),
    view: views.find((name) => name === search['view']),
    embedder: embedders.find((name) => name === search['embedder']),
    method: methods.find((name) => name === search['method']),
  }),
});
export const place = { name: 'Library', icon: Library };

/** The router reads `?text=808` as a number. */
function isText(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/**
 * Changes what is shown; all else in the address stays. A step is one that the browser's button for back undoes. Without one the router
 * must not put back how far lists were scrolled: they come to what is chosen.
 */
export function useShow(): (change: Shown, isStep?: boolean) => void {
  const navigate = route.useNavigate();
  return (change, isStep = false) =>
    void navigate({ search: (before: Shown) => ({ ...before, ...change }), replace: !isStep, resetScroll: isStep });
}
