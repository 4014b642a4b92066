/** RFC 7240: for how long the client wants the answer waited for, in whole seconds; null when it does not. */
export function waitSecondsOf(prefer: string | undefined): number | null {
  if (prefer === undefined || isAsyncPreferred(prefer)) return null;
  const seconds = Number(/(^|[,;\s])wait\s*=\s*"?(\d{1,6})"?($|[,;\s])/i.exec(prefer)?.[2] ?? 0);
  return seconds > 0 ? Math.min(seconds, maxWaitSeconds) : null;
}

/** Whether the client wants to be told of the job at once, where others wait. */
export function isAsyncPreferred(prefer: string | undefined): boolean {
  return /(^|[,;\s])respond-async($|[,;\s])/i.test(prefer ?? '');
}

/** Longer than this no connection is held. */
export const maxWaitSeconds = 30;
