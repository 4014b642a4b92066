/** RFC 7240: for how long the client wants the answer waited for, in whole seconds; null when it does not. */
export function waitSecondsOf(prefer: string | undefined): number | null {
  if (prefer === undefined || /(^|[,;\s])respond-async($|[,;\s])/i.test(prefer)) return null;
  const seconds = Number(/(^|[,;\s])wait\s*=\s*"?(\d{1,6})"?($|[,;\s])/i.exec(prefer)?.[2] ?? 0);
  return seconds > 0 ? Math.min(seconds, maxWaitSeconds) : null;
}

/** Longer than this no connection is held. */
export const maxWaitSeconds = 30;
