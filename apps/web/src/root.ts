import { createRootRoute } from '@tanstack/react-router';

/** The route above all screens; a screen's `route.ts` hangs below it. */
export const root = createRootRoute();
