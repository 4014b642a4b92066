import { useSyncExternalStore } from 'react';
import { Kept } from '../kept.js';

export type Theme = 'light' | 'dark';

// `public/theme.js` reads the same name before the first paint.
const kept = new Kept('localStorage', 'earshot-theme');
const listeners = new Set<() => void>();

/** The colours that are shown, and how to choose others; the choice is kept. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, current), choose];
}

function current(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

function choose(theme: Theme): void {
  kept.keep(theme);
  document.documentElement.dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
