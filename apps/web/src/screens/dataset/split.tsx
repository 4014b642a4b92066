import { useQuery } from '@tanstack/react-query';
import { Split as SplitSign } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import type { components } from '../../generated/openapi.js';
import { Section } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { SimpleTable } from '../../ui/simple-table.js';
import { Stale } from '../../ui/stale.js';
import { Freeze } from './freeze.js';
import { route, type Shown, useShow } from './route.js';

type Side = components['schemas']['SplitPreview']['random'];

const shares = [0.1, 0.2, 0.3, 0.4];

/** How a version would be split, at random and by group: what the first would flatter, the second shows. */
export function Split({ dataset }: { dataset: string }) {
  const { version, seed = 42, share = 0.2 }: Shown = route.useSearch();
  const show = useShow();
  const versions = useQuery({
    queryKey: ['dataset-versions', dataset],
    queryFn: () => answer(api.GET('/api/v1/datasets/{name}/versions', { params: { path: { name: dataset }, query: { limit: 200 } } })),
  });
  const number = version ?? versions.data?.items[0]?.number;
  const preview = useQuery({
    queryKey: ['split', dataset, number, seed, share],
    queryFn: () =>
      answer(
        api.GET('/api/v1/datasets/{name}/versions/{number}/split', {
          params: { path: { name: dataset, number: String(number) }, query: { seed, testShare: share } },
        }),
      ),
    enabled: number !== undefined,
    placeholderData: (before) => before,
  });
  if (versions.data === undefined)
    return versions.error ? <ErrorState error={versions.error} onRetry={() => void versions.refetch()} /> : <Loading rows={4} />;
  if (number === undefined)
    return (
      <EmptyState icon={SplitSign} text="A split is looked at on a version of the dataset: freeze one first.">
        <Freeze dataset={dataset} />
      </EmptyState>
    );
  return (
    <div className="space-y-6">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Version">
          {(field) => (
            <Select {...field} value={number} onChange={({ target }) => show({ version: Number(target.value) })}>
              {versions.data.items.map((one) => (
                <option key={one.number} value={one.number}>
                  {one.number}, {counted(one.clips, 'clip')}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Held out">
          {(field) => (
            <Select {...field} value={share} onChange={({ target }) => show({ share: Number(target.value) })}>
              {[...new Set([...shares, share])].sort().map((one) => (
                <option key={one} value={one}>
                  {Math.round(100 * one)} %
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Seed">
          {(field) => (
            <Input
              {...field}
              inputMode="numeric"
              defaultValue={seed}
              onChange={({ target }) => /^\d+$/.test(target.value) && show({ seed: Number(target.value) })}
            />
          )}
        </Field>
      </div>
      {preview.error && <ErrorState error={preview.error} onRetry={isFixed(preview.error) ? undefined : () => void preview.refetch()} />}
      {preview.isPending && <Loading rows={4} />}
      {preview.data && (
        <Stale isOld={preview.isPlaceholderData}>
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <SideView title="At random" side={preview.data.random} note={randomNote(preview.data.random)} />
            {preview.data.grouped === null ? (
              <Section title="By group">
                <p className="text-muted">
                  No clip has a group, so nobody can tell whether the same recording or speaker is on both sides. Say the groups of the
                  clips, and the figures of a model mean more.
                </p>
              </Section>
            ) : (
              <SideView title="By group" side={preview.data.grouped} note="Every group is on one side: what is tested was never heard." />
            )}
          </div>
        </Stale>
      )}
    </div>
  );
}

function randomNote({ groupsOnBothSides }: Side): string {
  return groupsOnBothSides === 0
    ? 'No group is on both sides.'
    : `${groupsOnBothSides} groups are on both sides: what is learned of them is tested on them, so the test flatters.`;
}

function SideView({ title, side: { training, test }, note }: { title: string; side: Side; note: string }) {
  const labels = [...new Set([...Object.keys(training.labels), ...Object.keys(test.labels)])].sort();
  const share = test.clips / Math.max(1, training.clips + test.clips);
  return (
    <Section title={title} note={note}>
      <div aria-hidden className="mb-4 flex h-4 gap-0.5 overflow-hidden rounded-full">
        <i className="bg-series-2" style={{ width: `${100 * (1 - share)}%` }} />
        <i className="bg-accent" style={{ width: `${100 * share}%` }} />
      </div>
      <SimpleTable
        label={`Split ${title.toLowerCase()}`}
        className="max-h-96"
        head={['', 'Training', 'Held out']}
        numbers={[1, 2]}
        rows={[
          { id: '#clips', cells: ['Clips', training.clips, test.clips] },
          { id: '#groups', cells: ['Groups', training.groups, test.groups] },
          ...labels.map((label) => ({ id: label, cells: [label, training.labels[label] ?? 0, test.labels[label] ?? 0] })),
        ]}
      />
    </Section>
  );
}

/** Trying again helps only where the clips change first. */
function isFixed(error: Error): boolean {
  return error instanceof Failure && error.code === 'DATASET_TOO_SMALL';
}
