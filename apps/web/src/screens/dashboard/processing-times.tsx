import type { Job } from '../../api/work.js';
import { ranMs, span, waitedMs } from '../../jobs/spans.js';
import { kindNames } from '../../jobs/words.js';
import { ChartWithTable } from '../../ui/chart-with-table.js';
import { percentile, sharesShown } from './percentiles.js';

interface Times {
  name: string;
  jobs: number;
  waitedMs: number;
  /** As `sharesShown`. */
  ranMs: number[];
}

/** How long jobs of each kind ran: half of them, nearly all, all but the slowest, on an axis of powers of ten. */
export function ProcessingTimes({ jobs }: { jobs: readonly Job[] }) {
  const rows = timesOf(jobs);
  const all = rows.flatMap((row) => row.ranMs);
  const from = Math.floor(Math.log10(Math.max(1, Math.min(...all))));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(1, ...all))));
  const placeOf = (ms: number) => `${(100 * (Math.log10(Math.max(1, ms)) - from)) / (to - from)}%`;
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  return (
    <ChartWithTable
      title="How long they ran"
      note="Half of the jobs, 95 and 99 of a hundred, on a logarithmic axis; waiting aside."
      table={{
        head: ['Kind', 'Jobs', 'Waited, p50', ...sharesShown.map(({ name }) => `Ran, ${name}`)],
        rows: rows.map((row) => [row.name, row.jobs, span(row.waitedMs), ...row.ranMs.map(span)]),
      }}
    >
      {rows.length === 0 ? (
        <p className="text-muted">None of them was begun before it ended.</p>
      ) : (
        <div className="space-y-4">
          <ul className="space-y-4">
            {rows.map(({ name, jobs, ranMs: [p50 = 0, p95 = 0, p99 = 0] }) => (
              <li key={name}>
                <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4">
                  <span className="font-medium">
                    {name} <span className="text-note font-normal text-muted">{jobs}</span>
                  </span>
                  <span className="text-note text-muted tabular-nums">
                    {span(p50)} · {span(p95)} · {span(p99)}
                  </span>
                </div>
                <div className="relative mx-2 h-4" aria-hidden>
                  <i className="absolute inset-x-0 top-1/2 h-px bg-line" />
                  <i
                    className="absolute top-1/2 h-1 -translate-y-1/2 rounded-full bg-accent/40"
                    style={{ left: placeOf(p50), right: `calc(100% - ${placeOf(p99)})` }}
                  />
                  <i className="absolute top-1/2 size-3 -translate-1/2 rounded-full bg-accent" style={{ left: placeOf(p50) }} />
                  <i
                    className="absolute top-1/2 size-3 -translate-1/2 rotate-45 border-2 border-accent bg-surface"
                    style={{ left: placeOf(p95) }}
                  />
                  <i className="absolute top-1/2 h-4 w-0.5 -translate-1/2 bg-accent" style={{ left: placeOf(p99) }} />
                </div>
              </li>
            ))}
          </ul>
          <div className="relative mx-2 h-5 border-t border-line text-note text-muted" aria-hidden>
            {ticks.map((ms, place) => (
              <span
                key={ms}
                className="absolute top-0.5 -translate-x-1/2 whitespace-nowrap first:translate-x-0 last:-translate-x-full"
                style={{ left: `${(100 * place) / (ticks.length - 1)}%` }}
              >
                {span(ms)}
              </span>
            ))}
          </div>
          <p className="flex flex-wrap gap-x-5 gap-y-1 text-note text-muted" aria-hidden>
            <span className="flex items-center gap-2">
              <i className="size-3 rounded-full bg-accent" /> half
            </span>
            <span className="flex items-center gap-2">
              <i className="size-2.5 rotate-45 border-2 border-accent bg-surface" /> 95 %
            </span>
            <span className="flex items-center gap-2">
              <i className="h-4 w-0.5 bg-accent" /> 99 %
            </span>
          </p>
        </div>
      )}
    </ChartWithTable>
  );
}

/** The kinds with most jobs first. */
function timesOf(jobs: readonly Job[]): Times[] {
  return [...Map.groupBy(jobs, ({ kind }) => kind)]
    .map(([kind, ofKind]): Times | null => {
      const ran = sorted(ofKind.map((job) => ranMs(job)));
      const waited = sorted(ofKind.map(waitedMs));
      if (ran.length === 0) return null;
      return {
        name: kindNames[kind],
        jobs: ran.length,
        waitedMs: percentile(waited, 0.5),
        ranMs: sharesShown.map(({ share }) => percentile(ran, share)),
      };
    })
    .filter((times) => times !== null)
    .sort((a, b) => b.jobs - a.jobs);
}

function sorted(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null).sort((a, b) => a - b);
}
