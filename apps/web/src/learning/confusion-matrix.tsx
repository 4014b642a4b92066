import { look } from '../ui/look.js';
import { Scroller } from '../ui/scroller.js';
import type { Evaluation } from './evaluation.js';

export interface Cell {
  truth: string;
  predicted: string;
}

interface Props {
  evaluation: Evaluation;
  /** Shows the clips of a cell; without it the numbers are only read. */
  onOpen?: (cell: Cell) => void;
  opened?: Cell | undefined;
}

/** What each clip is (rows) against what was said of it (columns): a table, and a picture by its shades. */
export function ConfusionMatrix({ evaluation: { confusion, perLabel }, onOpen, opened }: Props) {
  const labels = perLabel.map(({ label }) => label);
  return (
    <Scroller label="Confusion matrix" className="max-h-[32rem] w-fit max-w-full">
      <table className="text-left">
        <thead>
          <tr>
            <th scope="col" className="sticky top-0 left-0 z-20 border-b border-line bg-surface px-3 py-2 text-note font-medium text-muted">
              It is ↓ it said →
            </th>
            {labels.map((label) => (
              <th
                key={label}
                scope="col"
                className="sticky top-0 z-10 max-w-32 truncate border-b border-line bg-surface px-3 py-2 text-note font-medium"
                title={label}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, truth) => {
            const sum = row.reduce((total, count) => total + count, 0);
            return (
              <tr key={labels[truth]}>
                <th scope="row" className="sticky left-0 z-10 max-w-40 truncate bg-surface px-3 py-1 font-medium" title={labels[truth]}>
                  {labels[truth]}
                </th>
                {row.map((count, predicted) => {
                  const cell = { truth: labels[truth] ?? '', predicted: labels[predicted] ?? '' };
                  const isOpen = opened?.truth === cell.truth && opened.predicted === cell.predicted;
                  const share = sum > 0 ? count / sum : 0;
                  const mix = Math.round((truth === predicted ? 30 : 45) * share);
                  return (
                    <td key={cell.predicted} className="p-0.5 text-center tabular-nums">
                      <button
                        type="button"
                        disabled={count === 0 || onOpen === undefined}
                        aria-pressed={onOpen && isOpen}
                        aria-label={`${count} of ${sum} ${cell.truth} were called ${cell.predicted}`}
                        className={look(
                          'min-h-11 w-full min-w-14 rounded-small px-2 text-ink disabled:text-muted',
                          truth === predicted && count > 0 && 'font-semibold disabled:text-ink',
                          isOpen && 'outline-2 -outline-offset-2 outline-ink',
                        )}
                        style={{
                          background: `color-mix(in oklab, var(--${truth === predicted ? 'good' : 'bad'}) ${mix}%, var(--surface))`,
                        }}
                        onClick={() => onOpen?.(cell)}
                      >
                        {count === 0 ? '·' : count}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroller>
  );
}
