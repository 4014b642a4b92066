import { look } from './look.js';

/** The place of what is being read, in its size. */
export function Loading({ rows = 4, className }: { rows?: number; className?: string }) {
  return (
    <div role="status" className={look('animate-pulse space-y-3', className)}>
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={row} className="h-11 rounded-field bg-sunken" style={{ width: `${100 - (row % 3) * 12}%` }} />
      ))}
    </div>
  );
}
