const days = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/** How long ago a moment was, in one unit: `just now`, `5 min ago`; after a month its day. */
export function ago(moment: string, nowMs = Date.now()): string {
  const minutes = Math.floor((nowMs - Date.parse(moment)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ago`;
  if (minutes < 43_200) return `${Math.floor(minutes / 1_440)} d ago`;
  return days.format(new Date(moment));
}
