import type { ReactNode } from 'react';
import { look } from './look.js';
import { Scroller } from './scroller.js';

interface Props {
  /** What the rows are, for those who do not see them. */
  label: string;
  head: readonly string[];
  /** The first cell names its row; numbers stand to the right. */
  rows: readonly { id: string; cells: readonly (string | number | ReactNode)[] }[];
  /** Columns of numbers, by their places. */
  numbers?: readonly number[];
  /** Columns that are left out on phones, by their places. */
  forWide?: readonly number[];
  /** Whether the names of the rows stay in sight while the rest is scrolled aside. */
  holdsNames?: boolean;
  className?: string;
}

/** A few rows, all of them drawn. For many of them there is `DataTable`. */
export function SimpleTable({ label, head, rows, numbers = [], forWide = [], holdsNames = false, className }: Props) {
  const isNumber = (column: number) => numbers.includes(column);
  const place = (column: number) =>
    look(
      forWide.includes(column) && 'max-sm:hidden',
      holdsNames && column === 0 && 'sticky left-0 bg-surface max-sm:min-w-28 max-sm:max-w-32',
    );
  return (
    <Scroller label={label} className={look(holdsNames && '[--fade-left:0px]!', className)}>
      <table className="w-full text-left">
        <thead>
          <tr>
            {head.map((name, column) => (
              <th
                key={name}
                scope="col"
                className={look(
                  'sticky top-0 z-10 whitespace-nowrap border-b border-line bg-surface px-3 py-2.5 text-note font-medium text-muted sm:px-4',
                  isNumber(column) && 'text-right',
                  place(column),
                  holdsNames && column === 0 && 'z-20 whitespace-normal',
                )}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, column) => {
                const style = look(
                  'border-b border-line px-3 py-2 sm:px-4',
                  isNumber(column) ? 'whitespace-nowrap text-right tabular-nums' : column > 0 && 'min-w-36',
                  place(column),
                );
                return column === 0 ? (
                  <th key={head[column]} scope="row" className={look(style, 'font-medium')}>
                    {cell}
                  </th>
                ) : (
                  <td key={head[column]} className={style}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
