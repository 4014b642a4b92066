import { Link } from '@tanstack/react-router';
import { ChartNoAxesCombined } from 'lucide-react';
import type { components } from '../../generated/openapi.js';
import { ConfusionMatrix } from '../../learning/confusion-matrix.js';
import { evaluationOf } from '../../learning/evaluation.js';
import { Figures } from '../../learning/figures.js';
import { PerLabel } from '../../learning/per-label.js';
import { Thresholds } from '../../learning/thresholds.js';
import { useVersion } from '../../sound/why.js';
import { buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Scroller } from '../../ui/scroller.js';
import { Tabs } from '../../ui/tabs.js';
import { Beside } from './beside.js';
import { Card } from './card.js';
import { DeleteVersion } from './delete-version.js';
import { ExportVersion } from './export-version.js';
import { Promote } from './promote.js';
import { route, type Shown, useShow, views } from './route.js';

type ModelVersion = components['schemas']['ModelVersion'];

/** Everything about one version, and what can be done with it. */
export function Version({ classifier, version, others }: { classifier: string; version: number; others: readonly ModelVersion[] }) {
  const { view }: Shown = route.useSearch();
  const show = useShow();
  const model = useVersion(classifier, version);
  if (model.data === undefined)
    return model.error ? <ErrorState error={model.error} onRetry={() => void model.refetch()} /> : <Loading rows={6} />;
  const { jobId, aliases } = model.data;
  return (
    <Section
      title={`Version ${version}`}
      note={aliases.length > 0 ? `Answers as ${aliases.join(', ')}` : 'No alias points at it.'}
      actions={
        <div className="flex flex-wrap gap-2">
          <Promote model={model.data} />
          {jobId !== null && (
            <Link to="/runs/$id" params={{ id: jobId }} className={buttonLook({ look: 'plain' })}>
              <ChartNoAxesCombined size={18} aria-hidden /> Its run
            </Link>
          )}
          <ExportVersion classifier={classifier} version={version} />
          <DeleteVersion key={version} model={model.data} />
        </div>
      }
    >
      <Tabs
        label="More of this version"
        value={view ?? 'card'}
        onChange={(id) => show({ view: views.find((name) => name === id) })}
        tabs={[
          { id: 'card', title: 'Card', content: <Card model={model.data} /> },
          { id: 'figures', title: 'Figures', content: <Measured model={model.data} /> },
          {
            id: 'decision',
            title: 'How it decides',
            content: (
              <div className="space-y-4">
                <p className="text-note text-muted">
                  A label may be answered when its probability reaches its threshold; where none does, the answer is{' '}
                  {model.data.decision.unknownLabel}.
                  {jobId !== null && ' In its run the thresholds can be tried on the clips that were held out.'}
                </p>
                <Thresholds model={model.data} clips={[]} />
              </div>
            ),
          },
          { id: 'beside', title: 'Beside another', content: <Beside classifier={classifier} version={version} others={others} /> },
          { id: 'provenance', title: 'Provenance', content: <Provenance model={model.data} /> },
        ]}
      />
    </Section>
  );
}

function Measured({ model: { metrics } }: { model: ModelVersion }) {
  const evaluation = evaluationOf(metrics);
  if (evaluation === null)
    return (
      <div className="space-y-3">
        <p className="text-muted">It was measured in its own way; these are its figures as they were written.</p>
        <Raw value={metrics} label="Figures as they were written" />
      </div>
    );
  return (
    <div className="space-y-8">
      <Figures evaluation={evaluation} />
      <PerLabel evaluation={evaluation} />
      <ConfusionMatrix evaluation={evaluation} />
    </div>
  );
}

function Provenance({ model: { provenance, profileHash, artifact, id } }: { model: ModelVersion }) {
  return <Raw value={{ id, artifact, profileHash, ...provenance }} label="All that decided what came out" />;
}

function Raw({ value, label }: { value: object; label: string }) {
  return (
    <Scroller label={label} className="max-h-96">
      <pre className="bg-sunken p-4 font-mono text-note">{JSON.stringify(value, null, 2)}</pre>
    </Scroller>
  );
}
