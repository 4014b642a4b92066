import { useQuery } from '@tanstack/react-query';
import { workedOut } from '../api/queries.js';
import type { components } from '../generated/openapi.js';
import { ErrorState } from '../ui/error-state.js';
import { Loading } from '../ui/loading.js';
import { Scroller } from '../ui/scroller.js';
import { significant } from './numbers.js';
import { scalerOf } from './scaler.js';
import { computeVector } from './vectors.js';

interface Props {
  clipId: string;
  model: components['schemas']['ModelVersion'];
  profile: components['schemas']['Profile'];
}

/** How far from the mean a mark is drawn, in standard deviations; what lies further out stands at the end. */
const shownDeviations = 4;

/** Each feature beside what the model was trained on: how many standard deviations it lies from the mean there, the furthest first. */
export function AgainstTraining({ clipId, model, profile }: Props) {
  const read = useQuery({
    queryKey: ['against-training', clipId, model.id],
    queryFn: async () => {
      const [vector, scaler] = await Promise.all([computeVector(clipId, profile.id), scalerOf(model.classifier, model.version)]);
      return { vector, scaler };
    },
    ...workedOut,
  });
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <Loading rows={6} />;
  const { vector, scaler } = read.data;
  if (scaler === null) return <p className="text-muted">This model keeps no figures of the clips that it was trained on.</p>;
  const rows = profile.columns
    .map((column, i) => {
      const [value, mean, scale] = [vector.values[i] ?? 0, scaler.mean[i] ?? 0, scaler.scale[i] ?? 1];
      return { ...column, value, mean, deviations: (value - mean) / scale };
    })
    .sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations));
  const unusual = rows.filter(({ deviations }) => Math.abs(deviations) > 3).length;
  return (
    <div className="space-y-4">
      <p>
        {unusual === 0
          ? 'Every feature is within what the model was trained on (three standard deviations).'
          : `${unusual} of ${rows.length} features lie more than three standard deviations from what the model was trained on: it has heard little that is like this, so take its answer with care.`}
      </p>
      <Scroller label="Features against the training data" className="max-h-[28rem]">
        <table className="w-full text-left">
          <thead>
            <tr className="text-note text-muted">
              {['Feature', 'Deviations from the mean', 'Here', 'In training'].map((name) => (
                <th key={name} scope="col" className="sticky top-0 z-10 border-b border-line bg-surface px-4 py-2 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, description, unit, value, mean, deviations }) => (
              <tr key={name} title={description}>
                <th scope="row" className="border-b border-line px-4 py-2 font-mono text-note font-medium">
                  {name}
                </th>
                <td className="border-b border-line px-4 py-2">
                  <Deviation deviations={deviations} />
                </td>
                <td className="whitespace-nowrap border-b border-line px-4 py-2 tabular-nums">
                  {significant(value)} <span className="text-note text-muted">{unit}</span>
                </td>
                <td className="border-b border-line px-4 py-2 text-muted tabular-nums">{significant(mean)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

function Deviation({ deviations }: { deviations: number }) {
  const place = 50 + (50 * Math.max(-shownDeviations, Math.min(shownDeviations, deviations))) / shownDeviations;
  return (
    <div className="flex items-center gap-3">
      <span className="relative h-2 w-16 shrink-0 rounded-full bg-sunken sm:w-40">
        <i className="absolute inset-y-0 left-[12.5%] w-3/4 rounded-full bg-line" />
        <i className="absolute -inset-y-1 left-1/2 w-px bg-edge" />
        <i className="absolute top-1/2 size-3 -translate-1/2 rounded-full bg-accent" style={{ left: `${place}%` }} />
      </span>
      <span className="whitespace-nowrap text-note tabular-nums">{`${deviations > 0 ? '+' : '−'}${Math.abs(deviations).toFixed(1)} σ`}</span>
    </div>
  );
}
