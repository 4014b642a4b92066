import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Scale, TriangleAlert, X } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { type Evaluation, intervalOf } from '../../learning/evaluation.js';
import type { Run } from '../../learning/run.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { percent } from '../../ui/percent.js';
import { SimpleTable } from '../../ui/simple-table.js';
import { ParallelCoordinates } from './parallel-coordinates.js';

type Compared = components['schemas']['TrainingRunComparison'];

/** From so many on lines over axes say more than columns of numbers. */
const leastForLines = 5;

export function Comparison({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const compared = useQuery({
    queryKey: ['comparison', ids],
    queryFn: () => answer(api.GET('/api/v1/runs/compare', { params: { query: { ids: [...ids] } } })),
  });
  return (
    <Section
      title="Side by side"
      actions={
        <Button look="quiet" onClick={onClose}>
          <X size={18} aria-hidden /> Choose others
        </Button>
      }
    >
      {compared.data === undefined ? (
        compared.error ? (
          <ErrorState error={compared.error} onRetry={() => void compared.refetch()} />
        ) : (
          <Loading rows={6} />
        )
      ) : (
        <SideBySide compared={compared.data} />
      )}
    </Section>
  );
}

function SideBySide({ compared: { runs, differences, isComparable } }: { compared: Compared }) {
  const names = runs.map(nameOf);
  const figure = (name: string, of: (test: Evaluation) => string) => ({
    id: name,
    cells: [name, ...runs.map(({ result }) => (result?.metrics.test ? of(result.metrics.test) : 'not known'))],
  });
  return (
    <div className="space-y-6">
      <p className="flex items-start gap-2">
        {isComparable ? (
          <Scale size={18} aria-hidden className="mt-0.5 shrink-0 text-good" />
        ) : (
          <TriangleAlert size={18} aria-hidden className="mt-0.5 shrink-0 text-warn" />
        )}
        {isComparable
          ? 'All were measured on the same clips: their figures can be compared.'
          : 'They were measured on different clips (other data, split, share or seed): a difference may be of the clips, not of the models.'}
      </p>
      {runs.length >= leastForLines && <ParallelCoordinates runs={runs} names={names} />}
      <SimpleTable
        label="What they came to"
        holdsNames
        head={['On held-out clips', ...names]}
        numbers={runs.map((_, place) => place + 1)}
        rows={[
          figure('Accuracy', ({ accuracy }) => percent(accuracy)),
          figure(`95 % interval by ${intervalBy(runs)}`, intervalText),
          figure('Baseline', ({ baseline }) => percent(baseline.mostFrequent)),
          figure('Clips', ({ support }) => String(support)),
          figure('Balanced accuracy', ({ balancedAccuracy }) => percent(balancedAccuracy)),
          figure('Macro F1', ({ macro }) => percent(macro.f1)),
          figure('Log loss', ({ logLoss }) => logLoss?.toFixed(3) ?? 'not known'),
          figure('Calibration error', ({ calibration }) => percent(calibration.ece)),
          { id: 'epochs', cells: ['Epochs', ...runs.map(({ result }) => result?.epochs ?? 'not known')] },
          { id: 'seconds', cells: ['Seconds of training', ...runs.map(({ result }) => result?.seconds.toFixed(1) ?? 'not known')] },
        ]}
      />
      <SimpleTable
        label="What decided them and is not the same"
        holdsNames
        className="max-h-96"
        head={['What is not the same', ...names]}
        rows={differences.map(({ name, values }) => ({
          id: name,
          cells: [
            <span key="name" className="font-mono text-note wrap-anywhere">
              {name}
            </span>,
            ...values.map((value, place) => (
              <span key={runs[place]?.id} className="font-mono text-note wrap-anywhere">
                {value}
              </span>
            )),
          ],
        }))}
      />
      <ul className="flex flex-wrap gap-x-6 gap-y-1">
        {runs.map((run, place) => (
          <li key={run.id}>
            <Link to="/runs/$id" params={{ id: run.id }} className="inline-flex min-h-11 items-center underline underline-offset-2">
              Open {names[place]}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function intervalText(test: Evaluation): string {
  const interval = intervalOf(test);
  return interval === null ? 'not known' : `${(100 * interval.low).toFixed(1)} to ${percent(interval.high)}`;
}

/** What was drawn anew for the intervals: groups where they are known. */
function intervalBy(runs: readonly Run[]): string {
  const by = runs.flatMap(({ result }) => (result?.metrics.test && intervalOf(result.metrics.test)?.by) ?? []);
  return [...new Set(by)].join(' or ');
}

/** Short, and no two the same. */
function nameOf({ id, decidedBy, version }: Run): string {
  return `${decidedBy.classifier} ${version ?? id.slice(-6)}`;
}
