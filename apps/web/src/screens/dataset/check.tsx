import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleCheck, ListChecks } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { type Job, resultOf } from '../../api/work.js';
import type { components } from '../../generated/openapi.js';
import { ago } from '../../ui/ago.js';
import { Button } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { Fault } from './fault.js';
import { route, type Shown, useShow } from './route.js';

type CheckResult = components['schemas']['DatasetCheckResult'];

const everyMs = 1_000;

/** Looks for what would spoil a training: it is run here, and its findings can be acted on. */
export function Check({ dataset, clips }: { dataset: string; clips: number }) {
  const { check: asked }: Shown = route.useSearch();
  const show = useShow();
  const newest = useQuery({
    queryKey: ['newest-check', dataset],
    queryFn: () => newestCheck(dataset),
    enabled: asked === undefined,
  });
  const jobId = asked ?? newest.data ?? undefined;
  const starting = useMutation({
    mutationFn: async () => {
      const params = { path: { name: dataset }, header: { Prefer: 'respond-async' } };
      const job = await answer(api.POST('/api/v1/datasets/{name}/check', { params }));
      return 'id' in job ? job.id : job.jobId;
    },
    onSuccess: (id) => show({ check: id }),
  });
  const start = (
    <Button disabled={starting.isPending || clips === 0} onClick={() => starting.mutate()}>
      <ListChecks size={18} aria-hidden /> {jobId === undefined ? 'Check the clips' : 'Check again'}
    </Button>
  );
  return (
    <div className="space-y-6">
      {starting.error && <ErrorState error={starting.error} />}
      {jobId === undefined && newest.isPending && asked === undefined && <Loading rows={3} />}
      {jobId === undefined && !newest.isPending && (
        <EmptyState
          icon={ListChecks}
          text="The check measures every clip and finds copies, silence, clipping, labels with too few clips and what gives groups away."
        >
          {start}
        </EmptyState>
      )}
      {jobId !== undefined && (
        <>
          <div>{start}</div>
          <Checked key={jobId} dataset={dataset} jobId={jobId} />
        </>
      )}
    </div>
  );
}

function Checked({ dataset, jobId }: { dataset: string; jobId: string }) {
  const job = useQuery({
    queryKey: ['job', jobId],
    queryFn: () => answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id: jobId } } })),
    refetchInterval: ({ state: { data } }) => (data?.finishedAt === null ? everyMs : false),
  });
  if (job.data === undefined) return job.error ? <ErrorState error={job.error} onRetry={() => void job.refetch()} /> : <Loading rows={3} />;
  if (job.data.error !== null) return <ErrorState error={job.data.error} />;
  if (job.data.finishedAt === null) {
    const { done, total, unit } = job.data.progress;
    return <ProgressCount done={done} total={total} noun={unit === 'items' ? 'clips measured' : 'parts of the check done'} />;
  }
  return <Findings dataset={dataset} job={job.data} />;
}

function Findings({ dataset, job }: { dataset: string; job: Job }) {
  const found = useQuery({
    queryKey: ['check', job.id],
    queryFn: async () => (await resultOf('check-dataset', job)).result,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (found.data === undefined)
    return found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={4} />;
  const { version, clips, isClean, faults } = found.data;
  return (
    <div className="space-y-4">
      <p className="flex items-center gap-2" role="status">
        {isClean && <CircleCheck size={18} aria-hidden className="shrink-0 text-good" />}
        {isClean
          ? `Nothing was found in the ${counted(clips, 'clip')} of version ${version}.`
          : `${counted(faults.length, 'kind of fault', 'kinds of faults')} in the ${counted(clips, 'clip')} of version ${version}, found ${ago(job.createdAt)}.`}
      </p>
      {faults.map((fault) => (
        <Fault key={fault.kind} dataset={dataset} fault={fault} />
      ))}
    </div>
  );
}

/** Of the newest checks so many are looked through for one of this dataset. */
const mostLooked = 20;

async function newestCheck(dataset: string): Promise<string | null> {
  const { items } = await answer(
    api.GET('/api/v1/jobs', { params: { query: { kind: 'check-dataset', state: 'succeeded', limit: mostLooked } } }),
  );
  for (const { id } of items) {
    const result = await answer(api.GET('/api/v1/jobs/{id}/result', { params: { path: { id } } }));
    if (isCheck(result) && result.result.dataset === dataset) return id;
  }
  return null;
}

function isCheck(result: components['schemas']['JobResult']): result is CheckResult {
  return result.kind === 'check-dataset';
}
