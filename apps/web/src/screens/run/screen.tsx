import { Link } from '@tanstack/react-router';
import { Boxes, RotateCcw } from 'lucide-react';
import { span } from '../../jobs/spans.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { EpochCurves } from '../../learning/epoch-curves.js';
import { Figures } from '../../learning/figures.js';
import { type RunDetail, useRun } from '../../learning/run.js';
import { buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { PageTitle } from '../../ui/page-title.js';
import { useLiveEpochs } from './live-epochs.js';
import { OtherMeasures } from './other-measures.js';
import { route } from './route.js';
import { UnderWay } from './under-way.js';
import { Worth } from './worth.js';

const ends: Record<NonNullable<RunDetail['result']>['end'], string> = {
  epochs: 'after its last epoch',
  'early stopping': 'by early stopping',
  stopped: 'when it was told to stop',
  'time budget': 'with its time budget',
};

/** One training: how it goes while it goes, and what came of it. */
export function Screen() {
  const { id } = route.useParams();
  const run = useRun(id);
  if (run.data === undefined) return run.error ? <ErrorState error={run.error} onRetry={() => void run.refetch()} /> : <Loading rows={8} />;
  return <Shown key={id} run={run.data} />;
}

function Shown({ run }: { run: RunDetail }) {
  const { decidedBy, state, result, version, finishedAt, error, createdAt } = run;
  const epochs = useLiveEpochs(run);
  const test = result?.metrics.test ?? null;
  return (
    <>
      <PageTitle
        title={`${decidedBy.classifier}${version === null ? '' : ` ${version}`}`}
        actions={
          <>
            {version !== null && (
              <Link to="/models/$name" params={{ name: decidedBy.classifier }} search={{ version }} className={buttonLook()}>
                <Boxes size={18} aria-hidden /> Put it to work
              </Link>
            )}
            {finishedAt !== null && (
              <Link to="/train" search={{ like: run.id }} className={buttonLook({ look: 'plain' })}>
                <RotateCcw size={18} aria-hidden /> Train again
              </Link>
            )}
          </>
        }
      >
        {decidedBy.recipe} on{' '}
        <Link to="/datasets/$name" params={{ name: decidedBy.dataset }} className="underline underline-offset-2">
          {decidedBy.dataset}
        </Link>
        , version {decidedBy.datasetVersion}, asked for <Moment at={createdAt} />
      </PageTitle>
      <div className="space-y-6">
        <p aria-live="polite" className="flex flex-wrap items-center gap-3">
          <StateBadge state={state} />
          {result && (
            <span className="text-muted tabular-nums">
              {counted(result.epochs, 'epoch')} in {span(1_000 * result.seconds)}; it ended {ends[result.end]}
            </span>
          )}
        </p>
        {error && <ErrorState error={error} />}
        {finishedAt === null && <UnderWay run={run} />}
        {result && (
          <Section title="What it is worth" note="On clips that neither the weights nor the choice of the epoch have seen.">
            {test ? <Figures evaluation={test} /> : <p className="text-muted">No clips were held out, so nothing can be said of it.</p>}
            <OtherMeasures metrics={result.metrics} />
          </Section>
        )}
        {epochs.length > 0 && (
          <Section title="Epoch by epoch">
            <EpochCurves epochs={epochs} isKept={result !== null} />
          </Section>
        )}
        <Worth run={run} />
      </div>
    </>
  );
}
