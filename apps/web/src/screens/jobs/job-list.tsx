import { Link, useNavigate } from '@tanstack/react-router';
import type { Job } from '../../api/work.js';
import { JobProgress } from '../../jobs/job-progress.js';
import { ranMs, span } from '../../jobs/spans.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { CancelButton, canRetry, failedOfSeveral, RetryButton, useCancel, useRetry } from '../../jobs/steering.js';
import { kindNames } from '../../jobs/words.js';
import { useKey } from '../../keys/keys.js';
import { ErrorState } from '../../ui/error-state.js';
import { Moment } from '../../ui/moment.js';
import { useRowsInSight } from '../../ui/use-rows-in-sight.js';

const idOf = ({ id }: Job) => id;
/** Of a row that was not drawn yet. */
const usualHeight = 76;

/** Each job in a row: what it is, how far, since when, and why not. J and K go through them, Enter opens one. */
export function JobList({ jobs }: { jobs: readonly Job[] }) {
  const { list, style, shown, rowProps } = useRowsInSight(jobs, { idOf, usualHeight });
  const navigate = useNavigate();
  const cancel = useCancel();
  const retry = useRetry((job) => void navigate({ to: '/jobs/$id', params: { id: job.id } }));
  const go = (step: 1 | -1) => {
    const rows = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-job]') ?? [])];
    const now = rows.findIndex((row) => row.matches(':focus'));
    rows[now === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, now + step))]?.focus();
  };
  useKey('j', 'Next job', () => go(1));
  useKey('k', 'Job before', () => go(-1));
  const failure = cancel.error ?? retry.error;
  return (
    <div className="space-y-4">
      {failure && <ErrorState error={failure} />}
      <ul ref={list} style={style} className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
        {shown.map((job, place) => (
          <li
            key={job.id}
            {...rowProps(place)}
            className="grid gap-x-6 gap-y-3 p-4 sm:px-5 lg:grid-cols-[14rem_minmax(0,1fr)_9rem_9.5rem] lg:items-center"
          >
            <div className="min-w-0">
              <Link
                to="/jobs/$id"
                params={{ id: job.id }}
                data-job={job.id}
                className="flex min-h-11 items-center rounded-small font-semibold wrap-anywhere hover:underline lg:min-h-0"
              >
                {job.metadata['name'] ?? kindNames[job.kind]}
              </Link>
              <span className="flex flex-wrap items-center gap-2">
                <StateBadge state={job.state} failed={job.counts.failed} />
                {job.metadata['name'] !== undefined && <span className="text-note text-muted">{kindNames[job.kind]}</span>}
              </span>
            </div>
            <div className="min-w-0">
              <JobProgress job={job} />
              {job.error !== null && (
                <p className="mt-1 text-note wrap-anywhere">
                  <span className="font-medium text-bad">{job.error.title}.</span> <span className="text-muted">{job.error.detail}</span>
                </p>
              )}
            </div>
            <div className="text-note text-muted tabular-nums">
              <p>
                <Moment at={job.createdAt} />
              </p>
              <p>{runOf(job)}</p>
              {job.retryOf !== null && <p>a retry</p>}
            </div>
            <div className="lg:justify-self-end">
              {job.finishedAt === null && <CancelButton isBusy={cancel.isPending} onClick={() => cancel.mutate(job.id)} />}
              {canRetry(job) && <RetryButton isBusy={retry.isPending} onClick={() => retry.mutate(job.id)} count={failedOfSeveral(job)} />}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function runOf(job: Job): string {
  const ms = ranMs(job);
  if (ms === null) return job.finishedAt === null ? 'not begun' : 'never begun';
  return job.finishedAt === null ? `for ${span(ms)}` : `took ${span(ms)}`;
}
