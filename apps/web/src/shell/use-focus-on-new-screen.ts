import { useRouterState } from '@tanstack/react-router';
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Who goes to another screen is at its beginning: Tab leads into it, its keys work at once, and a screen reader begins with it. */
export function useFocusOnNewScreen(content: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const shown = useRef(path);
  // With the new screen and not after it: a Tab that comes in between is not undone.
  useLayoutEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    content.current?.focus({ preventScroll: true });
  }, [path, content]);
}
