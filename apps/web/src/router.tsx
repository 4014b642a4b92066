import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { root } from './root.js';
import { screens } from './screens.js';
import { loadScreen } from './shell/load-screen.js';
import { NotFound } from './shell/not-found.js';
import { ScreenFailure } from './shell/screen-failure.js';
import { Shell } from './shell/shell.js';
import { Loading } from './ui/loading.js';

root.update({ component: Shell });
for (const { route, load } of screens) route.update({ component: lazyRouteComponent(() => loadScreen(load), 'Screen') });

const others = screens.flatMap(({ route, alsoAt = [] }) =>
  alsoAt.map((path) =>
    createRoute({
      getParentRoute: () => root,
      path,
      beforeLoad: () => {
        throw redirect({ to: route.fullPath, replace: true });
      },
    }),
  ),
);

export const router = createRouter({
  routeTree: root.addChildren([...screens.map(({ route }) => route), ...others]),
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultPendingMs: 150,
  defaultRemountDeps: ({ params }) => params, // what was done and begun on one dataset is nothing of the next
  defaultErrorComponent: ScreenFailure,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});
