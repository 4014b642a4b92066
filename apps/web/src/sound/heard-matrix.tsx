import { useQuery } from '@tanstack/react-query';
import type { components } from '../generated/openapi.js';
import { ErrorState } from '../ui/error-state.js';
import { HeatMap } from '../ui/heat-map.js';
import { Loading } from '../ui/loading.js';
import { computeVector, rowsOf } from './vectors.js';

/** Of a network whose answer is no sum over places: the numbers that it heard, and that alone. */
export function HeardMatrix({ clipId, profile: { id, columns } }: { clipId: string; profile: components['schemas']['Profile'] }) {
  const heard = useQuery({
    queryKey: ['vector', clipId, id],
    queryFn: () => computeVector(clipId, id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (heard.error) return <ErrorState error={heard.error} onRetry={() => void heard.refetch()} />;
  if (heard.data === undefined) return <Loading rows={5} />;
  const { shape } = heard.data;
  return (
    <div className="space-y-3">
      <p>
        This is all that the model was given: <span className="font-mono text-note">{id}</span>, {shape.join(' × ')} values,{' '}
        {columns[0]?.description ?? 'low bands at the bottom, time to the right'}. What a place in it adds to the answer cannot be told of
        this kind of network, so nothing of the sort is drawn.
      </p>
      <div className="h-44 overflow-hidden rounded-small">
        <HeatMap values={rowsOf(heard.data)} label={`What the model heard: ${shape.join(' by ')} values of ${id}`} palette="viridis" />
      </div>
    </div>
  );
}
