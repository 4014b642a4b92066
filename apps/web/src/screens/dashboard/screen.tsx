import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { useStatus } from '../../api/status.js';
import { Parts } from '../../jobs/parts.js';
import { QueueCards } from '../../jobs/queue-cards.js';
import { isKind, kindNames } from '../../jobs/words.js';
import { buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { Stale } from '../../ui/stale.js';
import { Accuracy } from './accuracy.js';
import { EndedJobs } from './ended-jobs.js';
import { History } from './history.js';
import { ProcessingTimes } from './processing-times.js';
import { route } from './route.js';

const everyMs = 5_000;
const newestJobs = 200;

/** `/dashboard`: how the server is doing, how fast, and how well. */
export function Screen() {
  const status = useStatus();
  return (
    <>
      <PageTitle title="Dashboard">What the server does just now, how long that takes, and how often it is right.</PageTitle>
      <div className="space-y-8">
        {status.data === undefined ? (
          status.error ? (
            <ErrorState error={status.error} onRetry={() => void status.refetch()} />
          ) : (
            <Loading rows={3} />
          )
        ) : (
          <>
            <QueueCards status={status.data} />
            <Section title="Health of the parts" note="Each was asked within the last seconds.">
              <Parts status={status.data} />
            </Section>
          </>
        )}
        <Work />
        <Section title="What was predicted" note="The newest predictions, whoever asked for them.">
          <History />
        </Section>
        <Section title="How often it is right" note="Where the truth is known: what the version at work was measured at on held-out clips.">
          <Accuracy />
        </Section>
      </div>
    </>
  );
}

/** Of the newest jobs: when they ended and how, and how long they took. */
function Work() {
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  const jobs = useQuery({
    queryKey: ['jobs', 'newest', kind],
    queryFn: async () => (await answer(api.GET('/api/v1/jobs', { params: { query: { kind, limit: newestJobs } } }))).items,
    refetchInterval: everyMs,
    placeholderData: (before) => before,
  });
  const ended = jobs.data?.filter(({ finishedAt }) => finishedAt !== null) ?? [];
  return (
    <Section
      title="Work"
      note={`The newest ${newestJobs} jobs${kind === undefined ? '' : ' of this kind'}, as far as they have ended.`}
      actions={
        <Select
          aria-label="Kind of jobs"
          className="w-44"
          value={kind ?? ''}
          onChange={({ target }) => void navigate({ search: { kind: isKind(target.value) ? target.value : undefined }, replace: true })}
        >
          <option value="">All kinds</option>
          {Object.entries(kindNames).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      }
    >
      {jobs.data === undefined ? (
        jobs.error ? (
          <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />
        ) : (
          <Loading rows={5} />
        )
      ) : ended.length === 0 ? (
        <EmptyState icon={ChartColumn} text="Once jobs have ended, this shows when, how, and how long they took.">
          <Link to="/" className={buttonLook()}>
            Try a sound
          </Link>
        </EmptyState>
      ) : (
        <Stale isOld={jobs.isPlaceholderData}>
          <div className="grid gap-10 lg:grid-cols-2">
            <EndedJobs jobs={ended} />
            <ProcessingTimes jobs={ended} />
          </div>
        </Stale>
      )}
    </Section>
  );
}
