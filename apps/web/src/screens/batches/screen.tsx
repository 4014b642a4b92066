import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Layers } from 'lucide-react';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { Job } from '../../api/work.js';
import { JobProgress } from '../../jobs/job-progress.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { canRetry, failedOfSeveral, RetryButton, useRetry } from '../../jobs/steering.js';
import { kindNames } from '../../jobs/words.js';
import { Section } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { PageTitle } from '../../ui/page-title.js';
import { Tabs } from '../../ui/tabs.js';
import type { Clips } from './batch.js';
import { FromClips } from './from-clips.js';
import { FromFiles } from './from-files.js';
import { FromLines } from './from-lines.js';
import { route, sources } from './route.js';
import { StartBatch } from './start-batch.js';

/** `/batches`: much work at once. */
export function Screen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [clips, setClips] = useState<Clips | null>(null);
  const [round, setRound] = useState(0);
  const open = (id: string) => {
    setClips(null);
    void navigate({ search: { ...search, from: sources.find((source) => source === id) }, replace: true });
  };
  const begin = () => {
    setClips(null);
    setRound(round + 1);
  };
  return (
    <>
      <PageTitle title="Batches">
        Hundreds of sounds in one job: what is bad costs the others nothing, and what failed can be tried again.
      </PageTitle>
      <div className="space-y-8">
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <Section title="The sounds">
            <Tabs
              label="Where the sounds come from"
              value={search.from ?? 'files'}
              onChange={open}
              tabs={[
                { id: 'files', title: 'Files', content: <FromFiles clips={clips} onClips={setClips} /> },
                { id: 'clips', title: 'Stored clips', content: <FromClips key={round} onClips={setClips} /> },
                { id: 'lines', title: 'JSON lines', content: <FromLines key={round} onClips={setClips} /> },
              ]}
            />
          </Section>
          <StartBatch clips={clips} onStarted={begin} />
        </div>
        <Batches />
      </div>
    </>
  );
}

const everyMs = 3_000;
const newestJobs = 200;

/** The jobs over more than one item, of the newest. */
function Batches() {
  const jobs = useQuery({
    queryKey: ['jobs', 'batches'],
    queryFn: async () => {
      const { items } = await answer(api.GET('/api/v1/jobs', { params: { query: { limit: newestJobs } } }));
      return items.filter(({ counts }) => counts.total > 1);
    },
    refetchInterval: everyMs,
  });
  return (
    <Section title="Batches so far" note={`Of the newest ${newestJobs} jobs those that have more than one item.`}>
      {jobs.data === undefined ? (
        jobs.error ? (
          <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />
        ) : (
          <Loading rows={3} />
        )
      ) : jobs.data.length === 0 ? (
        <EmptyState icon={Layers} text="Batches stand here once one was started: choose some files above." />
      ) : (
        <ul className="divide-y divide-line">
          {jobs.data.map((job) => (
            <BatchRow key={job.id} job={job} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function BatchRow({ job }: { job: Job }) {
  const navigate = useNavigate();
  const retry = useRetry(({ id }) => void navigate({ to: '/jobs/$id', params: { id } }));
  return (
    <li className="grid gap-x-6 gap-y-2 py-4 lg:grid-cols-[16rem_minmax(0,1fr)_15rem] lg:items-center">
      <div className="min-w-0">
        <Link
          to="/jobs/$id"
          params={{ id: job.id }}
          className="flex min-h-11 items-center font-semibold wrap-anywhere hover:underline lg:min-h-0"
        >
          {job.metadata['name'] ?? kindNames[job.kind]}
        </Link>
        <span className="flex flex-wrap items-center gap-2">
          <StateBadge state={job.state} failed={job.counts.failed} />
          <span className="text-note text-muted">{kindNames[job.kind]}</span>
        </span>
      </div>
      <JobProgress job={job} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-note text-muted lg:justify-end">
        <Moment at={job.createdAt} />
        {canRetry(job) && <RetryButton isBusy={retry.isPending} onClick={() => retry.mutate(job.id)} count={failedOfSeveral(job)} />}
      </div>
      {retry.error && <ErrorState error={retry.error} />}
    </li>
  );
}
