import { ClipsOfCell } from '../../learning/clips-of-cell.js';
import { ConfusionMatrix } from '../../learning/confusion-matrix.js';
import type { Evaluation } from '../../learning/evaluation.js';
import { mostHeldOut, useHeldOut } from '../../learning/held-out.js';
import { PerLabel } from '../../learning/per-label.js';
import { Reliability } from '../../learning/reliability.js';
import type { RunDetail } from '../../learning/run.js';
import { Thresholds } from '../../learning/thresholds.js';
import { useVersion } from '../../sound/why.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Scroller } from '../../ui/scroller.js';
import { type Tab, Tabs } from '../../ui/tabs.js';
import { route, type Shown, views } from './route.js';

/** The figures one by one, down to the clips that they come from. */
export function Worth({ run }: { run: RunDetail }) {
  const { view }: Shown = route.useSearch();
  const navigate = route.useNavigate();
  const { result, version, decidedBy } = run;
  const test = result?.metrics.test ?? null;
  const ofModel = { runId: run.id, classifier: decidedBy.classifier, version: version ?? 0 };
  const measured: Tab[] =
    test === null
      ? []
      : [
          { id: 'held-out', title: 'Confusion', content: <Confusion test={test} {...ofModel} hasModel={version !== null} /> },
          { id: 'labels', title: 'By label', content: <PerLabel evaluation={test} /> },
          ...(version === null ? [] : [{ id: 'thresholds', title: 'Thresholds', content: <ThresholdsOfRun {...ofModel} /> }]),
          { id: 'reliability', title: 'Reliability', content: <Reliability evaluation={test} /> },
        ];
  const tabs = [...measured, { id: 'settings', title: 'What decided it', content: <DecidedBy run={run} /> }];
  const shown = tabs.find(({ id }) => id === view) ?? tabs[0];
  return (
    <Section title="Look closer">
      <Tabs
        label="More of this run"
        tabs={tabs}
        value={shown?.id}
        onChange={(id) => void navigate({ search: { view: views.find((name) => name === id) }, replace: true })}
      />
    </Section>
  );
}

interface OfModel {
  runId: string;
  classifier: string;
  version: number;
}

function Confusion({ test, runId, classifier, version, hasModel }: OfModel & { test: Evaluation; hasModel: boolean }) {
  const { truth, predicted }: Shown = route.useSearch();
  const navigate = route.useNavigate();
  const opened = truth !== undefined && predicted !== undefined ? { truth, predicted } : undefined;
  return (
    <div className="space-y-5">
      <p className="text-note text-muted">
        {hasModel ? 'Open a cell to hear its clips.' : 'Its version has been deleted, so its clips cannot be asked for.'}
      </p>
      <ConfusionMatrix
        evaluation={test}
        opened={opened}
        onOpen={hasModel ? (cell) => void navigate({ search: { view: 'held-out', ...cell }, replace: true }) : undefined}
      />
      {opened && hasModel && <OpenedCell cell={opened} runId={runId} classifier={classifier} version={version} />}
    </div>
  );
}

function OpenedCell({ cell, runId, classifier, version }: OfModel & { cell: { truth: string; predicted: string } }) {
  const clips = useHeldOut(runId, classifier, version);
  if (clips.data === undefined)
    return clips.error ? <ErrorState error={clips.error} onRetry={() => void clips.refetch()} /> : <Loading rows={3} />;
  return <ClipsOfCell cell={cell} clips={clips.data} />;
}

function ThresholdsOfRun({ runId, classifier, version }: OfModel) {
  const clips = useHeldOut(runId, classifier, version);
  const model = useVersion(classifier, version);
  const error = clips.error ?? model.error;
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([clips.refetch(), model.refetch()])} />;
  if (clips.data === undefined || model.data === undefined) return <Loading rows={4} />;
  return (
    <div className="space-y-4">
      <p className="text-note text-muted">
        Tried on {clips.data.length === mostHeldOut ? `the first ${mostHeldOut}` : `the ${clips.data.length}`} held-out clips, by what this
        version says of each.
      </p>
      <Thresholds model={model.data} clips={clips.data} />
    </div>
  );
}

function DecidedBy({ run: { decidedBy } }: { run: RunDetail }) {
  const { settings, ...others } = decidedBy;
  const facts = [...Object.entries(others), ...Object.entries(settings).map(([name, value]) => [`settings.${name}`, value] as const)];
  const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return (
    <Scroller label="What decided the run" className="max-h-[32rem]">
      <dl className="divide-y divide-line font-mono text-note">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name} className="gap-x-4 px-4 py-2 sm:grid sm:grid-cols-[16rem_minmax(0,1fr)]">
              <dt className="font-medium wrap-anywhere">{name}</dt>
              <dd className="wrap-anywhere max-sm:text-muted">{written(value)}</dd>
            </div>
          ))}
      </dl>
    </Scroller>
  );
}
