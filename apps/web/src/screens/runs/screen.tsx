import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChartNoAxesCombined, GraduationCap } from 'lucide-react';
import { useMemo } from 'react';
import { answer, api } from '../../api/client.js';
import { StateBadge } from '../../jobs/state-badge.js';
import { stateNames } from '../../jobs/words.js';
import type { Run } from '../../learning/run.js';
import { ago } from '../../ui/ago.js';
import { Button, buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { PageTitle } from '../../ui/page-title.js';
import { percent } from '../../ui/percent.js';
import { Comparison } from './comparison.js';
import { mostCompared, route, type Shown, states, useShow } from './route.js';

const everyMs = 5_000;
const pageSize = 100;
const firstPage: string | undefined = undefined;

/** Every training that was asked for; chosen ones are put side by side. */
export function Screen() {
  const { state, classifier, ids = [] }: Shown = route.useSearch();
  const show = useShow();
  const runs = useInfiniteQuery({
    queryKey: ['runs', { state }],
    queryFn: ({ pageParam }) => answer(api.GET('/api/v1/runs', { params: { query: { state, limit: pageSize, cursor: pageParam } } })),
    initialPageParam: firstPage,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: everyMs,
  });
  const all = useMemo(() => runs.data?.pages.flatMap(({ items }) => items) ?? [], [runs.data]);
  const classifiers = [...new Set(all.map(({ decidedBy }) => decidedBy.classifier))].sort();
  const shown = classifier === undefined ? all : all.filter(({ decidedBy }) => decidedBy.classifier === classifier);
  return (
    <>
      <PageTitle
        title="Runs"
        actions={
          <Link to="/train" className={buttonLook()}>
            <GraduationCap size={18} aria-hidden /> Train
          </Link>
        }
      >
        Every training, with what it came to on clips that it had not seen. Choose two or more to put them side by side.
      </PageTitle>
      <div className="space-y-6">
        <div className="flex flex-wrap gap-4">
          <Field label="State" className="min-w-40">
            {(field) => (
              <Select
                {...field}
                value={state ?? ''}
                onChange={({ target }) => show({ state: states.find((name) => name === target.value) })}
              >
                <option value="">all</option>
                {states.map((name) => (
                  <option key={name} value={name}>
                    {stateNames[name].name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Classifier" className="min-w-40">
            {(field) => (
              <Select {...field} value={classifier ?? ''} onChange={({ target }) => show({ classifier: target.value || undefined })}>
                <option value="">all</option>
                {[...new Set([...classifiers, ...(classifier === undefined ? [] : [classifier])])].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        {ids.length > 1 && <Comparison ids={ids} onClose={() => show({ ids: undefined })} />}
        {runs.data === undefined &&
          (runs.error ? <ErrorState error={runs.error} onRetry={() => void runs.refetch()} /> : <Loading rows={8} />)}
        {runs.data !== undefined && shown.length === 0 && (
          <EmptyState
            icon={ChartNoAxesCombined}
            text={
              all.length === 0 && state === undefined ? 'Trainings stand here, with what each of them came to.' : 'No run is like this.'
            }
          >
            <Link to="/train" className={buttonLook()}>
              Train a model
            </Link>
          </EmptyState>
        )}
        {shown.length > 0 && <Table runs={shown} chosen={ids.length} />}
        {runs.hasNextPage && (
          <Button look="plain" disabled={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            Older runs
          </Button>
        )}
      </div>
    </>
  );
}

function Table({ runs, chosen }: { runs: readonly Run[]; chosen: number }) {
  const navigate = useNavigate();
  return (
    <Section title="All runs" note={`${chosen} of at most ${mostCompared} chosen to compare`}>
      <DataTable
        label="Runs"
        rows={runs}
        columns={columns}
        idOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/runs/$id', params: { id } })}
      />
    </Section>
  );
}

/** Whether a run is put beside others: that stands in the address. */
function CompareBox({ run }: { run: Run }) {
  const { id, createdAt } = run;
  const { ids = [] }: Shown = route.useSearch();
  const show = useShow();
  const isChosen = ids.includes(id);
  const change = () => {
    const chosen = isChosen ? ids.filter((other) => other !== id) : [...ids, id];
    show({ ids: chosen.length === 0 ? undefined : chosen });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is only kept from the row; the box in it has its own keys
    <label className="flex min-h-11 items-center px-2" onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        className="size-5 accent-(--accent)"
        aria-label={`Compare ${nameOf(run)}, asked for ${ago(createdAt)}`}
        checked={isChosen}
        disabled={!isChosen && ids.length >= mostCompared}
        onChange={change}
      />
    </label>
  );
}

const columns: Column<Run>[] = [
  { id: 'chosen', header: 'Compare', enableSorting: false, cell: ({ row: { original } }) => <CompareBox run={original} /> },
  {
    id: 'classifier',
    header: 'Classifier',
    accessorFn: nameOf,
    cell: ({ row: { original } }) => (
      <>
        <span className="block font-medium max-sm:max-w-36 max-sm:truncate">{nameOf(original)}</span>
        <span className="sm:hidden">
          <StateBadge state={original.state} />
        </span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    meta: { isForWide: true },
    accessorFn: ({ state }) => state,
    cell: ({ row: { original } }) => <StateBadge state={original.state} />,
  },
  { id: 'accuracy', header: 'Accuracy', meta: { isNumber: true }, accessorFn: accuracyOf, cell: ({ getValue }) => written(getValue()) },
  {
    id: 'baseline',
    header: 'Baseline',
    meta: { isNumber: true, isForWide: true },
    accessorFn: ({ result }) => result?.metrics.test?.baseline.mostFrequent ?? null,
    cell: ({ getValue }) => written(getValue()),
  },
  {
    id: 'support',
    header: 'Clips',
    meta: { isNumber: true, isForWide: true },
    accessorFn: ({ result }) => result?.metrics.test?.support ?? null,
  },
  { id: 'recipe', header: 'Recipe', meta: { isForWide: true }, accessorFn: ({ decidedBy }) => decidedBy.recipe },
  {
    id: 'dataset',
    header: 'Dataset',
    meta: { isForWide: true },
    accessorFn: ({ decidedBy }) => `${decidedBy.dataset} ${decidedBy.datasetVersion}`,
  },
  {
    id: 'createdAt',
    header: 'Asked for',
    meta: { isForWide: true },
    accessorFn: ({ createdAt }) => createdAt,
    cell: ({ row: { original } }) => <Moment at={original.createdAt} />,
  },
];

function nameOf({ decidedBy, version }: Run): string {
  return `${decidedBy.classifier}${version === null ? '' : ` ${version}`}`;
}

function accuracyOf({ result }: Run): number | null {
  return result?.metrics.test?.accuracy ?? null;
}

function written(value: unknown): string {
  return typeof value === 'number' ? percent(value) : '';
}
