import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Job } from '../../api/work.js';
import { type Item, nameOfItem, readItems } from '../../jobs/items.js';
import { Badge } from '../../ui/badge.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { ErrorState } from '../../ui/error-state.js';
import { Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { percent } from '../../ui/percent.js';
import { Stale } from '../../ui/stale.js';
import { outcomeOf } from './outcome-of.js';
import { itemStates, route } from './route.js';

/** So many are shown; the files have them all. */
const mostItems = 10_000;
const everyMs = 3_000;
/** Ten thousand are some megabytes: such a list is read again every ten seconds. */
const msOfItem = 1;
const number = new Intl.NumberFormat('en');

const tones = { succeeded: 'good', failed: 'bad', pending: 'plain', cancelled: 'plain' } as const;
const names = { succeeded: 'done', failed: 'failed', pending: 'waiting', cancelled: 'cancelled' } as const;

const columns: Column<Item>[] = [
  { id: 'index', header: '#', accessorFn: ({ index }) => index + 1, meta: { isNumber: true, isForWide: true } },
  {
    id: 'name',
    header: 'Clip',
    accessorFn: nameOfItem,
    cell: ({ row: { original: item } }) =>
      item.clipId === null ? (
        nameOfItem(item)
      ) : (
        <Link
          to="/clips/$id"
          params={{ id: item.clipId }}
          className="block max-w-36 truncate font-medium sm:max-w-[18rem] underline-offset-2 hover:underline"
        >
          {nameOfItem(item)}
        </Link>
      ),
  },
  {
    id: 'outcome',
    header: 'What came of it',
    accessorFn: (item) => outcomeOf(item).text,
    cell: ({ row: { original } }) => {
      const { text } = outcomeOf(original);
      return (
        <span title={text} className="block max-w-28 truncate sm:max-w-[28rem] xl:max-w-[36rem]">
          {text}
        </span>
      );
    },
  },
  {
    id: 'sure',
    header: 'Sure',
    accessorFn: (item) => outcomeOf(item).confidence ?? -1,
    cell: ({ row: { original } }) => {
      const { confidence } = outcomeOf(original);
      return confidence === undefined ? '' : percent(confidence);
    },
    meta: { isNumber: true },
  },
  {
    id: 'state',
    header: 'State',
    accessorFn: ({ state }) => names[state],
    cell: ({ row: { original } }) => <Badge tone={tones[original.state]}>{names[original.state]}</Badge>,
  },
];

const columnsOfNoAnswer = columns.filter(({ id }) => id !== 'sure');

/** The items of a job with what came of each; a column's head sorts. */
export function ItemsTable({ job }: { job: Job }) {
  const { items: state } = route.useSearch();
  const navigate = route.useNavigate();
  const items = useQuery({
    queryKey: ['items', job.id, state ?? 'all', job.finishedAt],
    queryFn: () => readItems(job.id, state, mostItems),
    refetchInterval: job.finishedAt === null ? Math.max(everyMs, msOfItem * Math.min(mostItems, job.counts.total)) : false,
    placeholderData: (before) => before,
  });
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <Select
          aria-label="State of the items"
          className="w-44"
          value={state ?? ''}
          onChange={({ target }) => void navigate({ search: { items: itemStates.find((name) => name === target.value) }, replace: true })}
        >
          <option value="">All items</option>
          {Object.entries(names).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
        {items.data?.length === mostItems && (
          <p className="text-note text-muted">The first {number.format(mostItems)} are shown; the files have all of them.</p>
        )}
      </div>
      {items.data === undefined ? (
        items.error ? (
          <ErrorState error={items.error} onRetry={() => void items.refetch()} />
        ) : (
          <Loading rows={5} />
        )
      ) : items.data.length === 0 ? (
        <p className="text-muted">No item is in this state.</p>
      ) : (
        <Stale isOld={items.isPlaceholderData}>
          <DataTable
            label="Items of the job"
            rows={items.data}
            columns={job.kind === 'predict' || job.kind === 'explain-sounds' ? columns : columnsOfNoAnswer}
            idOf={({ index }) => String(index)}
          />
        </Stale>
      )}
    </div>
  );
}
