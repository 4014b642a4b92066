import { type ColumnDef, createSortedRowModel, rowSortingFeature, sortFns, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { look } from './look.js';
import { Scroller } from './scroller.js';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns });

// biome-ignore lint/suspicious/noExplicitAny: the columns of one table have values of several types, as in the package's own declarations
export type Column<Row extends object> = ColumnDef<typeof features, Row, any>;

interface Props<Row extends object> {
  /** What the rows are, for those who do not see them. */
  label: string;
  rows: readonly Row[];
  /** Kept outside of the component, or memoized. `meta: { isNumber: true }` sets a column to the right, `{ isForWide: true }` leaves it out on phones. */
  columns: Column<Row>[];
  idOf: (row: Row) => string;
  /** By click and by Enter. */
  onOpen?: (row: Row) => void;
  /** The one that is looked at: it is always in sight. */
  selectedId?: string | undefined;
  maxHeight?: string;
}

/** Of a row of one line; taller ones are measured when they are drawn. */
const rowHeight = 48;
/** It stays over the rows, which begin below it. */
const headHeight = 45;

/** Rows of any number: only those in sight are drawn. A click on a column's head sorts. */
export function DataTable<Row extends object>({ label, rows, columns, idOf, onOpen, selectedId, maxHeight = '65dvh' }: Props<Row>) {
  const scroller = useRef<HTMLElement>(null);
  const table = useTable({ features, columns, data: rows as Row[], getRowId: idOf });
  const sorted = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: headHeight,
  });
  const selected = sorted.findIndex(({ id }) => id === selectedId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one may come to stand in the same place
  useEffect(() => {
    if (selected !== -1) virtual.scrollToIndex(selected);
  }, [virtual, selected, selectedId]);
  const inSight = virtual.getVirtualItems();
  const before = inSight[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (inSight.at(-1)?.end ?? 0);
  return (
    <Scroller ref={scroller} label={label} style={{ maxHeight }}>
      <table className="w-full border-separate border-spacing-0 text-left" aria-rowcount={rows.length + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const order = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : undefined}
                    className={look(
                      'sticky top-0 z-10 whitespace-nowrap border-b border-line bg-surface px-3 text-note font-medium text-muted sm:px-4',
                      styleOf(header.column.columnDef),
                    )}
                  >
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        className="inline-flex min-h-11 items-center gap-1.5 hover:text-ink"
                        onClick={header.column.getToggleSortingHandler()}
                      >
                        <table.FlexRender header={header} />
                        {order === 'asc' && <ArrowUp size={14} aria-hidden />}
                        {order === 'desc' && <ArrowDown size={14} aria-hidden />}
                      </button>
                    ) : (
                      <span className="inline-flex min-h-11 items-center">
                        <table.FlexRender header={header} />
                      </span>
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {inSight.map(({ index }) => {
            const row = sorted[index];
            if (row === undefined) return null;
            const open = onOpen && (() => onOpen(row.original));
            return (
              <tr
                key={row.id}
                ref={virtual.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
                aria-selected={selectedId === undefined ? undefined : row.id === selectedId}
                tabIndex={open && 0}
                onClick={open}
                onKeyDown={open && ((event) => openByEnter(event, open))}
                className={look(
                  'h-12 -outline-offset-2',
                  open && 'cursor-pointer hover:bg-sunken',
                  row.id === selectedId && 'bg-accent-soft',
                )}
              >
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    className={look('whitespace-nowrap border-b border-line px-3 py-2 sm:px-4', styleOf(cell.column.columnDef))}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </Scroller>
  );
}

/** In the place of the rows out of sight. */
function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height }} />
    </tr>
  );
}

function openByEnter(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.key === 'Enter' && event.target === event.currentTarget) open();
}

function styleOf({ meta }: { meta?: unknown }): string {
  const says = (name: string) => typeof meta === 'object' && meta !== null && name in meta;
  return look(says('isNumber') && 'text-right tabular-nums', says('isForWide') && 'max-sm:hidden');
}
