import { useQuery } from '@tanstack/react-query';
import { workedOut } from '../api/queries.js';
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
    ...workedOut,
  });
  if (heard.error) return <ErrorState error={heard.error} onRetry={() => void heard.refetch()} />;
  if (heard.data === undefined) return <Loading rows={5} />;
  const { shape, values } = heard.data;
  const isPower = values.every((value) => value >= 0);
  const rows = rowsOf(isPower ? { ...heard.data, values: inDecibels(values) } : heard.data);
  return (
    <div className="space-y-3">
      <p>
        This is all that the model was given: {shape.join(' × ')} values of <span className="font-mono text-note">{id}</span>
        {isPower && ', drawn in dB'}. {columns[0]?.description}. What one place adds to the answer cannot be told of this kind of network,
        so nothing of the sort is drawn.
      </p>
      <div className="h-44 overflow-hidden rounded-small">
        <HeatMap values={rows} label={`What the model heard: ${shape.join(' by ')} values of ${id}`} palette="viridis" />
      </div>
    </div>
  );
}

const shownDb = 70;

/** Powers in dB below the largest, no further down than is shown. */
function inDecibels(powers: Float32Array): Float32Array {
  const largest = powers.reduce((most, power) => Math.max(most, power), Number.MIN_VALUE);
  return powers.map((power) => Math.max(-shownDb, 10 * Math.log10(Math.max(power, Number.MIN_VALUE) / largest)));
}
