import { useEffect, useRef, useState } from 'react';

interface Seen {
  step: number;
  atMs: number;
}

/** Before so much time has been seen nothing is said. */
const leastMs = 3_000;

/** How many seconds are left at the pace that was seen on this page; null until it has seen enough. */
export function secondsLeft({ first, last, of }: { first: Seen; last: Seen; of: number }): number | null {
  const steps = last.step - first.step;
  const tookMs = last.atMs - first.atMs;
  if (steps <= 0 || tookMs < leastMs || of <= last.step) return null;
  return (((of - last.step) / steps) * tookMs) / 1_000;
}

/** The time left of one task, by its steps; `task` says when another one has begun. */
export function useSecondsLeft(task: string, step: number | null, of: number): number | null {
  const first = useRef<Seen & { task: string }>(null);
  const [last, setLast] = useState<Seen | null>(null);
  useEffect(() => {
    if (step === null) return;
    const seen = { step, atMs: Date.now() };
    if (first.current?.task !== task || first.current.step > step) first.current = { ...seen, task };
    setLast(seen);
  }, [task, step]);
  return first.current === null || last === null ? null : secondsLeft({ first: first.current, last, of });
}
