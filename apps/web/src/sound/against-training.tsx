import { useQuery } from '@tanstack/react-query';
import { ChevronsLeft, ChevronsRight } from 'lucide-react';
import { workedOut } from '../api/queries.js';
import type { components } from '../generated/openapi.js';
import { ErrorState } from '../ui/error-state.js';
import { Loading } from '../ui/loading.js';
import { look } from '../ui/look.js';
import { Scroller } from '../ui/scroller.js';
import { significant } from './numbers.js';
import { scalerOf } from './scaler.js';
import { computeVector } from './vectors.js';

interface Props {
  clipId: string;
  model: components['schemas']['ModelVersion'];
  profile: components['schemas']['Profile'];
}

/** How far from the mean a mark is drawn, in standard deviations; an arrow at the end stands for what lies further out. */
const shownDeviations = 4;

const head = 'sticky top-0 z-10 whitespace-nowrap border-b border-line bg-surface px-3 py-2 font-medium';
const cell = 'whitespace-nowrap border-b border-line px-3 py-2 align-top tabular-nums';

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
              <th scope="col" className={head}>
                Feature
              </th>
              <th scope="col" className={look(head, 'max-sm:hidden')}>
                Deviations from the mean
              </th>
              <th scope="col" className={head}>
                Here<span className="sm:hidden">, in training</span>
              </th>
              <th scope="col" className={look(head, 'max-sm:hidden')}>
                In training
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, description, unit, value, mean, deviations }) => (
              <tr key={name} title={description}>
                <th scope="row" className={look(cell, 'whitespace-normal font-medium max-sm:w-full')}>
                  <span className="font-mono text-note wrap-anywhere">{name}</span>
                  <span className="block pt-1 font-normal sm:hidden">
                    <Deviation deviations={deviations} />
                  </span>
                </th>
                <td className={look(cell, 'max-sm:hidden')}>
                  <Deviation deviations={deviations} />
                </td>
                <td className={cell}>
                  {significant(value)} <span className="text-note text-muted max-sm:whitespace-normal">{unit}</span>
                  <span className="block pt-1 text-muted sm:hidden">{significant(mean)}</span>
                </td>
                <td className={look(cell, 'text-muted max-sm:hidden')}>{significant(mean)}</td>
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
  const Beyond = deviations < 0 ? ChevronsLeft : ChevronsRight;
  return (
    <span className="flex items-center gap-3">
      <span className="relative h-2 w-24 shrink-0 rounded-full bg-sunken">
        <i className="absolute inset-y-0 left-[12.5%] w-3/4 rounded-full bg-line" />
        <i className="absolute -inset-y-1 left-1/2 w-px bg-edge" />
        {Math.abs(deviations) > shownDeviations ? (
          <Beyond size={18} aria-hidden className="absolute top-1/2 -translate-1/2 text-accent" style={{ left: `${place}%` }} />
        ) : (
          <i className="absolute top-1/2 size-3 -translate-1/2 rounded-full bg-accent" style={{ left: `${place}%` }} />
        )}
      </span>
      <span className="whitespace-nowrap text-note tabular-nums">{`${deviations > 0 ? '+' : '−'}${Math.abs(deviations).toFixed(1)} σ`}</span>
    </span>
  );
}
