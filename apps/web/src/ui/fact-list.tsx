import type { ReactNode } from 'react';
import { look } from './look.js';

/** Names, each with its value. */
export function FactList({ rows, className }: { rows: readonly (readonly [string, ReactNode])[]; className?: string }) {
  return (
    <dl className={look('grid gap-x-8 gap-y-3 sm:grid-cols-2', className)}>
      {rows.map(([name, value]) => (
        <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line pb-2">
          <dt className="text-muted">{name}</dt>
          <dd className="wrap-anywhere text-right font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
