import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { useStatus } from '../../api/status.js';
import { QueueCards } from '../../jobs/queue-cards.js';
import { isJobState, isKind, kindNames, stateNames } from '../../jobs/words.js';
import { Badge } from '../../ui/badge.js';
import { Button, buttonLook } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { JobList } from './job-list.js';
import { Reasons } from './reasons.js';
import { route } from './route.js';

const everyMs = 3_000;
/** The newest, and as many of the older ones as the API gives at once. */
const firstJobs = 50;
const olderJobs = 200;
const number = new Intl.NumberFormat('en');

/** `/jobs`: all that was asked for, what became of it, and what can be done about it. */
export function Screen() {
  const { state, kind, code, retryOf } = route.useSearch();
  const status = useStatus();
  const jobs = useInfiniteQuery({
    queryKey: ['jobs', 'list', state, kind, retryOf],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/jobs', {
          params: {
            query: { state, kind, retryOf, cursor: pageParam || undefined, limit: pageParam === '' ? firstJobs : olderJobs, count: true },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => everyMs * (state.data?.pages.length ?? 1), // a request every three seconds, however many pages
  });
  const all = jobs.data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = code === undefined ? all : all.filter(({ error }) => error?.code === code);
  return (
    <>
      <PageTitle title="Jobs">All work that was asked for, by this page or by anybody else.</PageTitle>
      <div className="space-y-8">
        {status.data ? (
          <QueueCards status={status.data} />
        ) : status.error ? (
          <ErrorState error={status.error} onRetry={() => void status.refetch()} />
        ) : (
          <Loading rows={2} />
        )}
        <section aria-label="Jobs" className="space-y-4">
          <Filters total={jobs.data?.pages[0]} />
          {jobs.data === undefined ? (
            jobs.error ? (
              <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />
            ) : (
              <Loading rows={6} />
            )
          ) : (
            <>
              <Reasons jobs={all} />
              {shown.length > 0 ? <JobList jobs={shown} /> : <NoJobs isFiltered={[state, kind, code, retryOf].some(Boolean)} />}
              {jobs.hasNextPage && (
                <div className="flex flex-wrap items-center justify-center gap-4">
                  <p className="text-note text-muted">The newest {number.format(all.length)} are shown.</p>
                  <Button look="plain" disabled={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
                    Show {olderJobs} more
                  </Button>
                </div>
              )}
            </>
          )}
        </section>
      </div>
    </>
  );
}

function Filters({ total }: { total: { total?: number; isTotalExact?: boolean } | undefined }) {
  const search = route.useSearch();
  const { state, kind, code, retryOf } = search;
  const navigate = route.useNavigate();
  const show = (change: object) => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <div className="flex flex-wrap items-end gap-4">
      <Field label="State" className="w-40">
        {(field) => (
          <Select
            {...field}
            value={state ?? ''}
            onChange={({ target }) => show({ state: isJobState(target.value) ? target.value : undefined })}
          >
            <option value="">All</option>
            {Object.entries(stateNames).map(([value, { name }]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Kind" className="w-44">
        {(field) => (
          <Select {...field} value={kind ?? ''} onChange={({ target }) => show({ kind: isKind(target.value) ? target.value : undefined })}>
            <option value="">All</option>
            {Object.entries(kindNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="flex min-h-11 flex-wrap items-center gap-3 lg:min-h-10">
        {code !== undefined && <Badge tone="accent">failed for {code}</Badge>}
        {retryOf !== undefined && <Badge tone="accent">that try a job again</Badge>}
        {[state, kind, code, retryOf].some(Boolean) && (
          <Button look="quiet" onClick={() => show({ state: undefined, kind: undefined, code: undefined, retryOf: undefined })}>
            Show all
          </Button>
        )}
        {total?.total !== undefined && (
          <span className="text-note text-muted tabular-nums">
            {total.isTotalExact === false && 'about '}
            {counted(total.total, 'job')}
          </span>
        )}
      </div>
    </div>
  );
}

function NoJobs({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState icon={ListChecks} text="No job is like this.">
        <Link to="/jobs" search={{}} className={buttonLook({ look: 'plain' })}>
          Show all jobs
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState icon={ListChecks} text="Whatever the server is asked to do stands here, with how far it is.">
      <Link to="/batches" className={buttonLook()}>
        Begin a batch
      </Link>
    </EmptyState>
  );
}
