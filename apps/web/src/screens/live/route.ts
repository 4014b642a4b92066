import { createRoute } from '@tanstack/react-router';
import { Radio } from 'lucide-react';
import { root } from '../../root.js';

export const shows = ['all', 'heard', 'filtered'] as const;
/** Windows that are quieter than this are not asked about. */
export const quietLevels = [-70, -60, -50, -40] as const;

export interface Settings {
  classifier?: string;
  windowSeconds?: number;
  quietDb?: (typeof quietLevels)[number];
  /** The recordings stay as clips. */
  keeps?: boolean;
  show?: (typeof shows)[number];
}

/** What is listened to as it happens; who listens, and how, is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/live',
  validateSearch: ({ classifier, windowSeconds, quietDb, keeps, show }: Record<string, unknown>): Settings => ({
    classifier: typeof classifier === 'string' ? classifier : undefined,
    windowSeconds: isLength(Number(windowSeconds)) ? Number(windowSeconds) : undefined,
    quietDb: quietLevels.find((level) => level === Number(quietDb)),
    keeps: keeps === true ? true : undefined,
    show: shows.find((name) => name === show),
  }),
});
export const place = { name: 'Live', icon: Radio };
export const alsoAt = ['/real-time'];

function isLength(seconds: number): boolean {
  return seconds >= 0.5 && seconds <= 10;
}

/** Changes what is shown; all else in the address stays. A step is one that the browser's button for back undoes. */
export function useShow(): (change: Settings, isStep?: boolean) => void {
  const navigate = route.useNavigate();
  return (change, isStep = false) => void navigate({ search: (before: Settings) => ({ ...before, ...change }), replace: !isStep });
}
