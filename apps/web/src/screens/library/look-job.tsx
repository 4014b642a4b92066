import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import { queries } from '../../api/queries.js';
import type { Job } from '../../api/work.js';
import { CancelButton, useCancel } from '../../jobs/steering.js';
import { ErrorState } from '../../ui/error-state.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { readLibraryAgain } from './reads.js';

type LookKind = 'library-map' | 'find-anomalies' | 'rebuild-index';

const everyMs = 1_000;

/** Asks for work over the whole library. Whoever comes to the screen later, or from elsewhere, sees it go on too. */
export function useLook<Choice = void>(kind: LookKind, ask: (choice: Choice) => Promise<unknown>) {
  const newest = useQuery({
    queryKey: ['newest-job', kind],
    queryFn: async () => (await answer(api.GET('/api/v1/jobs', { params: { query: { kind, limit: 1 } } }))).items[0] ?? null,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? everyMs : false),
  });
  const asking = useMutation({ mutationFn: ask, onSuccess: () => queries.invalidateQueries({ queryKey: ['newest-job', kind] }) });
  const job = newest.data ?? null;
  const isWorking = asking.isPending || isUnderWay(job);
  const wasWorking = useRef(false);
  useEffect(() => {
    if (wasWorking.current && !isWorking) readLibraryAgain();
    wasWorking.current = isWorking;
  }, [isWorking]);
  return { job, isWorking, ask: asking.mutate, refusal: asking.error };
}

/** How far it is, in what is counted; why it failed, if it did. */
export function LookProgress({
  look: { job, isWorking, refusal },
}: {
  look: Pick<ReturnType<typeof useLook>, 'job' | 'isWorking' | 'refusal'>;
}) {
  const cancel = useCancel();
  if (refusal) return <ErrorState error={refusal} />;
  if (job?.error && !isWorking) return <ErrorState error={new Failure(job.error)} />;
  if (job === null || !isUnderWay(job)) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-4 rounded-field bg-sunken p-4">
      <div className="min-w-0 flex-1">
        <Steps job={job} />
      </div>
      <CancelButton isBusy={cancel.isPending} onClick={() => cancel.mutate(job.id)} />
      {cancel.error && <ErrorState error={cancel.error} />}
    </div>
  );
}

/** What each stage does, by its name. */
const stages: Record<string, string> = {
  features: 'samples measured',
  map: 'hundredths of placing the samples',
  rank: 'hundredths of comparing the samples',
  plan: 'Noting what belongs to the index',
  embed: 'samples measured',
  build: 'vectors written',
  verify: 'vectors compared with exact search',
};

function Steps({ job: { state, stage, queuePosition, progress, taskProgress } }: { job: Job }) {
  if (state === 'queued') return <p className="text-note">Waiting{queuePosition ? `: ${queuePosition} before it in the queue` : ''}</p>;
  const noun = stages[stage ?? ''] ?? 'Being worked on';
  if (taskProgress !== null) return <ProgressCount done={taskProgress.step} total={taskProgress.of} noun={noun} />;
  return <ProgressCount done={progress.done} total={progress.unit === 'items' ? progress.total : null} noun={noun} />;
}

function isUnderWay(job: Job | null | undefined): job is Job {
  return job !== null && job !== undefined && job.finishedAt === null;
}
