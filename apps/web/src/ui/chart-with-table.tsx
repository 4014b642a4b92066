import { ChartLine, Table2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from './button.js';
import { Scroller } from './scroller.js';

interface Props {
  title: string;
  /** What is seen in it, in a sentence. */
  note?: ReactNode;
  /** The chart, drawn by recharts or by hand. */
  children: ReactNode;
  /** The same numbers, as the table of them. */
  table: { head: readonly string[]; rows: readonly (readonly (string | number)[])[] };
}

/** Every chart is a table too: who cannot see it, or wants the numbers, has them. */
export function ChartWithTable({ title, note, children, table: { head, rows } }: Props) {
  const [isTable, setTable] = useState(false);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-3 flex items-start justify-between gap-4">
        <div>
          <h3 className="font-semibold">{title}</h3>
          {note !== undefined && <p className="text-note text-muted">{note}</p>}
        </div>
        <Button
          look="quiet"
          size="small"
          onClick={() => setTable(!isTable)}
          aria-pressed={isTable}
          aria-label={`${title}: show as ${isTable ? 'chart' : 'table'}`}
        >
          {isTable ? <ChartLine size={16} aria-hidden /> : <Table2 size={16} aria-hidden />}
          {isTable ? 'Chart' : 'Table'}
        </Button>
      </figcaption>
      {isTable ? (
        <Scroller label={`${title}, as a table`} className="max-h-80">
          <table className="w-full text-left text-note">
            <thead>
              <tr>
                {head.map((name) => (
                  <th
                    key={name}
                    scope="col"
                    className="sticky top-0 whitespace-nowrap border-b border-line bg-surface px-3 py-2 font-medium text-muted"
                  >
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.join('|')}>
                  {row.map((cell, column) => (
                    <td key={head[column]} className="whitespace-nowrap border-b border-line px-3 py-1.5 tabular-nums">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      ) : (
        children
      )}
    </figure>
  );
}
