// Each folder of `screens/` is a screen: its `route.ts` says where it stands, its `screen.tsx` is loaded when it is shown.
import type { AnyRoute } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

/** A screen's line in the rail. */
export interface Place {
  name: string;
  icon: LucideIcon;
}

export interface ScreenRoute {
  route: AnyRoute;
  /** Screens that are reached from others only, as that of one clip, have none. */
  place?: Place;
  /** Further addresses, as those of the systems before: they lead here. */
  alsoAt?: readonly string[];
}

export interface Screen extends ScreenRoute {
  folder: string;
  load: () => Promise<{ Screen: ComponentType }>;
}

/** The rail, in the order of the pipeline; by the names of the folders. */
const pipeline = ['try', 'live', 'batches', 'jobs', 'library', 'datasets', 'train', 'runs', 'models', 'review', 'dashboard', 'settings'];

const routes = import.meta.glob<ScreenRoute>('./screens/*/route.ts', { eager: true });
const components = import.meta.glob<{ Screen: ComponentType }>('./screens/*/screen.tsx');

export const screens: readonly Screen[] = Object.entries(routes).map(([path, module]) => {
  const folder = path.split('/')[2] ?? '';
  const load = components[`./screens/${folder}/screen.tsx`];
  if (load === undefined) throw new Error(`screens/${folder} has a route.ts and no screen.tsx`);
  return { ...module, folder, load };
});

/** The screens with a place, in the order of the rail. */
export const rail = pipeline.flatMap((folder) => screens.filter((screen) => screen.folder === folder && screen.place !== undefined));
