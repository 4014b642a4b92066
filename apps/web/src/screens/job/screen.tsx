import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Failure } from '../../api/failure.js';
import type { Job } from '../../api/work.js';
import { Failures } from '../../jobs/failures.js';
import { type ItemForm, saveItems } from '../../jobs/items.js';
import { JobProgress } from '../../jobs/job-progress.js';
import { ranMs, span, waitedMs } from '../../jobs/spans.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { CancelButton, canRetry, failedOfSeveral, RetryButton, useCancel, useRetry } from '../../jobs/steering.js';
import { useJob } from '../../jobs/use-job.js';
import { kindNames } from '../../jobs/words.js';
import { useKey } from '../../keys/keys.js';
import { Button, buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { FactList } from '../../ui/fact-list.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { PageTitle } from '../../ui/page-title.js';
import { ItemsTable } from './items-table.js';
import { route } from './route.js';

/** `/jobs/$id`: how far it is, what came of it, why not, and the files of it. */
export function Screen() {
  const { id } = route.useParams();
  const job = useJob(id);
  if (job.data === undefined) {
    if (job.error === null) return <Loading rows={6} />;
    if (job.error instanceof Failure && job.error.code === 'JOB_NOT_FOUND') return <NotThere error={job.error} />;
    return <ErrorState error={job.error} onRetry={() => void job.refetch()} />;
  }
  const { counts, error } = job.data;
  return (
    <>
      <Head job={job.data} />
      <div className="space-y-6">
        {error !== null && (
          <Section title="Why it failed">
            <p className="font-medium">{error.title}</p>
            <p className="wrap-anywhere">{error.detail}</p>
            <p className="mt-2 text-note">
              <a href={error.help ?? `/docs/errors#${error.code}`} className="font-medium underline underline-offset-4">
                What to do about <span className="font-mono">{error.code}</span>
              </a>
            </p>
          </Section>
        )}
        <Section title={job.data.finishedAt === null ? 'How far it is' : 'How it went'}>
          <div aria-live="polite">
            <p className="mb-4">
              <StateBadge state={job.data.state} failed={counts.failed} />
            </p>
          </div>
          <JobProgress job={job.data} />
          <Facts job={job.data} />
          {canRetry(job.data) && (
            <p className="mt-4 text-note">
              <Link to="/jobs" search={{ retryOf: id }} className="underline underline-offset-4">
                Jobs that tried it again
              </Link>
            </p>
          )}
        </Section>
        {counts.failed > 0 && counts.total > 1 && (
          <Section title="What failed, by reason">
            <Failures jobId={id} failed={counts.failed} />
          </Section>
        )}
        {counts.total > 0 && (
          <Section title="Items" actions={<Files id={id} />}>
            <ItemsTable job={job.data} />
          </Section>
        )}
      </div>
    </>
  );
}

function NotThere({ error }: { error: Failure }) {
  return (
    <div className="space-y-4">
      <ErrorState error={error} />
      <Link to="/jobs" className={buttonLook({ look: 'plain' })}>
        All jobs
      </Link>
    </div>
  );
}

function Head({ job }: { job: Job }) {
  const navigate = useNavigate();
  const cancel = useCancel();
  const retry = useRetry(({ id }) => void navigate({ to: '/jobs/$id', params: { id } }));
  const isOpen = job.finishedAt === null;
  useKey('c', 'Cancel the job', () => cancel.mutate(job.id), isOpen && !cancel.isPending);
  useKey('r', 'Retry what failed', () => retry.mutate(job.id), canRetry(job) && !retry.isPending);
  const failure = cancel.error ?? retry.error;
  return (
    <>
      <PageTitle
        title={job.metadata['name'] ?? kindNames[job.kind]}
        actions={
          <>
            {isOpen && <CancelButton isBusy={cancel.isPending} onClick={() => cancel.mutate(job.id)} keyHint="c" />}
            {canRetry(job) && (
              <RetryButton isBusy={retry.isPending} onClick={() => retry.mutate(job.id)} count={failedOfSeveral(job)} keyHint="r" />
            )}
          </>
        }
      >
        {job.metadata['name'] === undefined ? 'Asked' : `${kindNames[job.kind]}, asked`} for <Moment at={job.createdAt} />
      </PageTitle>
      {failure && (
        <div className="mb-6">
          <ErrorState error={failure} />
        </div>
      )}
    </>
  );
}

function Facts({ job }: { job: Job }) {
  const { id, expiresAt, retryOf, metadata } = job;
  const waited = waitedMs(job);
  const ran = ranMs(job);
  const rows: [string, ReactNode][] = [
    ['Waited', waited === null ? 'not begun' : span(waited)],
    ['Ran', ran === null ? 'not begun' : span(ran)],
    ['Deadline', expiresAt === null ? 'none' : new Date(expiresAt).toLocaleString()],
    [
      'Attempt',
      retryOf === null ? (
        'the first'
      ) : (
        <Link key={retryOf} to="/jobs/$id" params={{ id: retryOf }} className="underline underline-offset-4">
          a retry of what failed before
        </Link>
      ),
    ],
    ...Object.entries(metadata).filter(([name]) => name !== 'name'),
    [
      'Id',
      <code key={id} className="font-mono text-note">
        {id}
      </code>,
    ],
  ];
  return <FactList className="mt-6" rows={rows} />;
}

function Files({ id }: { id: string }) {
  const saving = useMutation({ mutationFn: (form: ItemForm) => saveItems(id, form) });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {saving.error && <span className="text-note text-bad">{saving.error.message}</span>}
      <Button look="plain" size="small" disabled={saving.isPending} onClick={() => saving.mutate('text/csv')}>
        <Download size={16} aria-hidden /> CSV
      </Button>
      <Button look="plain" size="small" disabled={saving.isPending} onClick={() => saving.mutate('application/jsonl')}>
        <Download size={16} aria-hidden /> JSON lines
      </Button>
    </div>
  );
}
