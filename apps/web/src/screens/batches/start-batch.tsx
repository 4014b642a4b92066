import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useClassifiers } from '../../api/classifiers.js';
import { answer, api } from '../../api/client.js';
import { FailureList } from '../../jobs/failures.js';
import { JobProgress } from '../../jobs/job-progress.js';
import { span } from '../../jobs/spans.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { useJob } from '../../jobs/use-job.js';
import { Button, buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input, Select } from '../../ui/field.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { type Clips, sizeOf } from './batch.js';
import { startBatch, useNewestBatch } from './newest-batch.js';
import { route, type Work, works } from './route.js';
import { throughputOf } from './throughput.js';

const workNames: Record<Work, string> = { predict: 'Score with a classifier', describe: 'Measure', features: 'Compute features' };
const number = new Intl.NumberFormat('en');

/** What is to be done, how long that may take, and the batch that was started last. What was started is chosen no more. */
export function StartBatch({ clips, onStarted }: { clips: Clips | null; onStarted: () => void }) {
  const { work = 'predict' } = route.useSearch();
  const [name, setName] = useState('');
  const { classifier, profile } = useChosen();
  const { isBeginning, sent, job, error } = useNewestBatch();
  return (
    <div className="space-y-6">
      <Section title="The work">
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (clips === null) return;
            void startBatch(clips, { work, name: name.trim(), classifier, profile }).then((isBegun) => isBegun && onStarted());
          }}
        >
          <WorkFields />
          <Field label="Name of the batch" note="To find it again; it may be empty.">
            {(field) => <Input {...field} value={name} maxLength={120} onChange={({ target }) => setName(target.value)} />}
          </Field>
          {clips !== null && <Estimate work={work} items={sizeOf(clips)} isUpload={'files' in clips} />}
          <Button type="submit" className="w-full" disabled={clips === null || isBeginning}>
            <Play size={18} aria-hidden /> {clips === null ? 'Start' : `Start with ${number.format(sizeOf(clips))}`}
          </Button>
          {clips === null && <p className="text-note text-muted">Choose some sounds first.</p>}
        </form>
      </Section>
      {error !== undefined && <ErrorState error={error} />}
      {(sent || job) && (
        <Section title="This batch">
          <div className="space-y-5" aria-live="polite">
            {sent && (
              <ProgressCount
                done={sent.stored.length}
                failed={sent.refused.length}
                total={sent.total}
                noun={sent.total === 1 ? 'file sent' : 'files sent'}
              />
            )}
            {sent?.waitsFor && <p className="text-note text-warn">{sent.waitsFor.title}. It goes on by itself.</p>}
            {job === null && <p>None of the files was taken, so there is no job.</p>}
            {job && <Begun id={job.id} />}
            {sent && <FailureList failures={sent.refused} />}
          </div>
        </Section>
      )}
    </div>
  );
}

function Begun({ id }: { id: string }) {
  const job = useJob(id);
  if (job.data === undefined) return job.error ? <ErrorState error={job.error} onRetry={() => void job.refetch()} /> : null;
  return (
    <div className="space-y-3">
      <StateBadge state={job.data.state} failed={job.data.counts.failed} />
      <JobProgress job={job.data} />
      <Link to="/jobs/$id" params={{ id }} className={buttonLook({ look: 'plain', className: 'w-full' })}>
        Open the batch
      </Link>
    </div>
  );
}

/** What was chosen, or what stands first. */
function useChosen(): { classifier: string | undefined; profile: string | undefined; classifiers: string[]; profiles: string[] } {
  const { classifier, profile } = route.useSearch();
  const known = useClassifiers();
  const named = useQuery({
    queryKey: ['profiles'],
    queryFn: () => answer(api.GET('/api/v1/profiles')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const classifiers = known.data?.map(({ name }) => name) ?? [];
  const profiles = named.data?.items.map(({ id }) => id) ?? [];
  return { classifier: classifier ?? classifiers[0], profile: profile ?? profiles[0], classifiers, profiles };
}

function WorkFields() {
  const search = route.useSearch();
  const { work = 'predict' } = search;
  const navigate = route.useNavigate();
  const { classifier, profile, classifiers, profiles } = useChosen();
  const show = (change: object) => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <>
      <Field label="What to do">
        {(field) => (
          <Select {...field} value={work} onChange={({ target }) => show({ work: works.find((one) => one === target.value) })}>
            {works.map((one) => (
              <option key={one} value={one}>
                {workNames[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {work === 'predict' && (
        <Field label="Who listens">
          {(field) => (
            <Select {...field} value={classifier} onChange={({ target }) => show({ classifier: target.value })}>
              {classifiers.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {work === 'features' && (
        <Field label="Profile">
          {(field) => (
            <Select {...field} value={profile} onChange={({ target }) => show({ profile: target.value })}>
              {profiles.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </>
  );
}

const askedJobs = 50;

/** From the speed of such jobs here; where none was measured there is none. */
function Estimate({ work, items, isUpload }: { work: Work; items: number; isUpload: boolean }) {
  const measured = useQuery({
    queryKey: ['jobs', 'throughput', work],
    queryFn: async () => {
      const params = { query: { kind: work, state: 'succeeded', limit: askedJobs } } as const;
      return throughputOf((await answer(api.GET('/api/v1/jobs', { params }))).items);
    },
  });
  if (measured.data === undefined) return null;
  return (
    <p className="rounded-field bg-sunken p-3 text-note">
      {measured.data === null ? (
        'No such batch of ten or more has been measured here yet, so there is no estimate.'
      ) : (
        <>
          About <strong>{span((1_000 * items) / measured.data.itemsPerSecond)}</strong> of work: the last{' '}
          {measured.data.jobs === 1 ? 'such batch' : `${measured.data.jobs} such batches`} did {measured.data.itemsPerSecond.toFixed(1)} a
          second.{isUpload && ' Sending the files comes before that.'}
        </>
      )}
    </p>
  );
}
