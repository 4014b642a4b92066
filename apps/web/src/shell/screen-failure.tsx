import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onReturn } from '../api/server.js';
import { ErrorState } from '../ui/error-state.js';

/** A screen that threw, or that cannot be loaded, costs itself, and nothing around it; it is tried again when the server is back. */
export function ScreenFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as long as the failure is shown
  useEffect(() => onReturn(again), []);
  return <ErrorState error={error} onRetry={again} />;
}
