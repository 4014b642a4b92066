import type { Entry } from './use-live.js';

/** How long answers take, from the end of the piece that they are of. */
export function Latency({ log }: { log: readonly Entry[] }) {
  const all = log.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]));
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const figures: [string, string][] = [
    ['Newest answer', inMs(all[0])],
    ['Half within', inMs(at(0.5))],
    ['95 % within', inMs(at(0.95))],
    ['Pieces answered', String(all.length)],
  ];
  return (
    <section aria-labelledby="latency" className="space-y-3">
      <h2 id="latency" className="text-lead">
        How fast answers come
      </h2>
      <dl aria-label="Latency" className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {figures.map(([name, value]) => (
          <div key={name} className="rounded-card border border-line bg-surface p-4 shadow-card">
            <dt className="text-note text-muted">{name}</dt>
            <dd className="text-lead font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function inMs(value: number | undefined): string {
  return value === undefined ? '–' : `${value.toFixed(0)} ms`;
}
