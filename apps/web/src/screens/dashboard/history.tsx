import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AudioWaveform } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { isDone, type Job } from '../../api/work.js';
import type { components } from '../../generated/openapi.js';
import { isUnsure } from '../../sound/prediction.js';
import { Badge } from '../../ui/badge.js';
import { buttonLook } from '../../ui/button.js';
import { ChartWithTable } from '../../ui/chart-with-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { percent } from '../../ui/percent.js';

const newestJobs = 20;
const itemsOfEach = 10;
const shownLabels = 8;

type PredictionItem = components['schemas']['PredictionItem'];

interface Heard {
  job: Job;
  name: string;
  clipId: string | null;
  index: number;
  prediction: NonNullable<PredictionItem['result']>;
}

/** What was heard of late, and what of it how often. */
export function History() {
  const read = useQuery({ queryKey: ['jobs', 'predictions'], queryFn: newestPredictions, refetchInterval: 10_000 });
  if (read.data === undefined)
    return read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Loading rows={5} />;
  if (read.data.length === 0)
    return (
      <EmptyState icon={AudioWaveform} text="Predictions stand here as soon as there are any.">
        <Link to="/" className={buttonLook()}>
          Try a sound
        </Link>
      </EmptyState>
    );
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
      <Labels heard={read.data} />
      <List heard={read.data} />
    </div>
  );
}

function Labels({ heard }: { heard: readonly Heard[] }) {
  const counts = [...Map.groupBy(heard, ({ prediction }) => prediction.label)]
    .map(([label, of]) => ({ label, count: of.length }))
    .sort((a, b) => b.count - a.count);
  const highest = counts[0]?.count ?? 1;
  const rest = counts.length - shownLabels;
  return (
    <ChartWithTable
      title="What was heard how often"
      note={`In the ${heard.length} newest predictions${rest > 0 ? `; ${shownLabels} of ${counts.length} labels are drawn` : ''}.`}
      table={{ head: ['Label', 'Predictions'], rows: counts.map(({ label, count }) => [label, count]) }}
    >
      <ul className="space-y-3">
        {counts.slice(0, shownLabels).map(({ label, count }) => (
          <li key={label}>
            <div className="mb-1 flex justify-between gap-4">
              <span className="wrap-anywhere">{label}</span>
              <span className="text-muted tabular-nums">{count}</span>
            </div>
            <div className="h-2.5 rounded-full bg-sunken" aria-hidden>
              <i className="block h-full rounded-full bg-accent" style={{ width: `${(100 * count) / highest}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </ChartWithTable>
  );
}

function List({ heard }: { heard: readonly Heard[] }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-3 font-semibold">The newest</h3>
      <ul className="max-h-96 divide-y divide-line overflow-y-auto border-y border-line" aria-label="The newest predictions">
        {heard.map(({ job, name, clipId, index, prediction }) => (
          <li key={`${job.id} ${index}`} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 py-2 pr-2">
            <span className="truncate font-medium">
              {clipId === null ? (
                name
              ) : (
                <Link to="/clips/$id" params={{ id: clipId }} className="underline-offset-2 hover:underline">
                  {name}
                </Link>
              )}
            </span>
            <span className="text-right font-semibold">{prediction.label}</span>
            <span className="text-note text-muted">
              <Moment at={job.createdAt} />, {prediction.model.classifier} {prediction.model.version}
            </span>
            <span className="text-right text-note text-muted tabular-nums">
              {isUnsure(prediction) ? <Badge tone="warn">not sure enough</Badge> : `${percent(prediction.confidence)} sure`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The first items of each of the newest jobs that predicted. */
async function newestPredictions(): Promise<Heard[]> {
  const { items: jobs } = await answer(
    api.GET('/api/v1/jobs', { params: { query: { kind: 'predict', state: 'succeeded', limit: newestJobs } } }),
  );
  const pages = await Promise.all(
    jobs.map(async (job) => {
      const params = { path: { id: job.id }, query: { state: 'succeeded', limit: itemsOfEach } } as const;
      const page = await answer(api.GET('/api/v1/jobs/{id}/items', { params }));
      return page.kind === 'predict' ? page.items.filter(isDone).map((item) => heardIn(job, item)) : [];
    }),
  );
  return pages.flat();
}

function heardIn(job: Job, { customId, filename, clipId, index, result }: PredictionItem & { result: Heard['prediction'] }): Heard {
  return { job, name: customId ?? filename ?? `item ${index}`, clipId, index, prediction: result };
}
