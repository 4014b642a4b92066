import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ear } from 'lucide-react';
import { useClassifiers } from '../../api/classifiers.js';
import { answer, api } from '../../api/client.js';
import { queries } from '../../api/queries.js';
import type { components } from '../../generated/openapi.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { leastOf } from '../../sound/prediction.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { percent } from '../../ui/percent.js';
import { SimpleTable } from '../../ui/simple-table.js';
import { route, type Shown } from './route.js';

type PastPrediction = components['schemas']['ClipPrediction'];

const pageSize = 10;
/** While there is one that has no answer yet. */
const everyMs = 2_000;

const keyOf = (clipId: string) => ['past-predictions', clipId];

/** A classifier was asked about the clip. */
export function wasAsked(clipId: string): void {
  void queries.invalidateQueries({ queryKey: keyOf(clipId) });
}

/** What classifiers have answered about the clip, whoever asked them. */
export function PastPredictions({ id }: { id: string }) {
  const pages = useInfiniteQuery({
    queryKey: keyOf(id),
    queryFn: ({ pageParam: cursor }) =>
      answer(api.GET('/api/v1/clips/{id}/predictions', { params: { path: { id }, query: { limit: pageSize, cursor } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: ({ state: { data } }) => (data?.pages.some(({ items }) => items.some(isOpen)) ? everyMs : false),
  });
  if (pages.data === undefined)
    return pages.error ? <ErrorState error={pages.error} onRetry={() => void pages.refetch()} /> : <Loading rows={3} />;
  const predictions = pages.data.pages.flatMap(({ items }) => items);
  if (predictions.length === 0 && !pages.hasNextPage) return <NoneYet />;
  return (
    <div className="space-y-4">
      <SimpleTable
        label="Past predictions"
        head={['When', 'Classifier', 'Answer', 'Sure']}
        numbers={[3]}
        forWide={[1]}
        rows={predictions.map((prediction) => ({ id: `${prediction.jobId} ${prediction.index}`, cells: cellsOf(prediction) }))}
      />
      {pages.hasNextPage && (
        <Button look="plain" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          More
        </Button>
      )}
    </div>
  );
}

function NoneYet() {
  const { classifier: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const [first] = useClassifiers().data ?? [];
  const ask = (classifier: string) => void navigate({ search: (before: Shown) => ({ ...before, classifier }), replace: true });
  return (
    <EmptyState icon={Ear} text="No classifier has answered about this clip yet.">
      {asked === undefined && first && <Button onClick={() => ask(first.name)}>Ask {first.name}</Button>}
    </EmptyState>
  );
}

function isOpen({ state }: PastPrediction): boolean {
  return state === 'pending';
}

function cellsOf(prediction: PastPrediction) {
  const { jobId, createdAt, model, retryOf, result } = prediction;
  const classifier = (
    <>
      {model.classifier} {model.version} {retryOf !== null && <Badge>retry</Badge>}
    </>
  );
  return [
    <span key="when">
      <Link to="/jobs/$id" params={{ id: jobId }} className="inline-flex min-h-11 items-center underline underline-offset-4 lg:min-h-0">
        <Moment at={createdAt} />
      </Link>
      <span className="block font-normal text-muted text-note sm:hidden">{classifier}</span>
    </span>,
    classifier,
    <Outcome key="answer" prediction={prediction} />,
    result === null ? '' : percent(result.confidence),
  ];
}

function Outcome({ prediction: { state, windowSeconds, result, error } }: { prediction: PastPrediction }) {
  if (error !== null)
    return (
      <span className="wrap-anywhere">
        <span className="font-medium text-bad">{error.title}.</span> <span className="text-muted">{error.detail}</span>
      </span>
    );
  if (result === null) return <StateBadge state={state === 'pending' ? 'queued' : state} />;
  const least = leastOf(result);
  return (
    <span className="wrap-anywhere">
      {result.label} {result.isUnknown && least !== undefined && <Badge tone="warn">below {percent(least, 0)}</Badge>}
      {windowSeconds !== null && <span className="block text-note text-muted">in windows of {windowSeconds} s</span>}
    </span>
  );
}
