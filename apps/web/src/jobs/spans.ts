/** A length of time in the two units that matter: `850 ms`, `12.3 s`, `4 min 5 s`, `3 h 20 min`, `2 d 3 h`. */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

interface Times {
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** From its acceptance to its first task, in ms; null: nothing of it was begun. */
export function waitedMs({ createdAt, startedAt }: Times): number | null {
  return startedAt === null ? null : Date.parse(startedAt) - Date.parse(createdAt);
}

/** From its first task to its end, or to now. */
export function ranMs({ startedAt, finishedAt }: Times, nowMs = Date.now()): number | null {
  return startedAt === null ? null : (finishedAt === null ? nowMs : Date.parse(finishedAt)) - Date.parse(startedAt);
}
