const number = new Intl.NumberFormat('en');

/** How much of a known number is done: counted, never guessed. Without a total it says what happens, and draws nothing. */
export function ProgressCount({
  done,
  failed = 0,
  total,
  noun,
  isOver = false,
}: {
  done: number;
  failed?: number;
  total: number | null;
  noun: string;
  /** What has ended has no bar: the count says it all. */
  isOver?: boolean;
}) {
  if (total === null || total === 0) return <p className="text-note text-muted">{noun}</p>;
  const share = (count: number) => `${(100 * count) / total}%`;
  const text = `${number.format(done + failed)} of ${number.format(total)} ${noun}`;
  return (
    <div className="space-y-1.5">
      {!isOver && (
        <div
          role="progressbar"
          aria-label={noun}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done + failed}
          aria-valuetext={text}
          className="flex h-2 overflow-hidden rounded-full bg-sunken"
        >
          <i className="bg-accent transition-[width]" style={{ width: share(done) }} />
          <i className="bg-bad transition-[width]" style={{ width: share(failed) }} />
        </div>
      )}
      <p className="text-note text-muted tabular-nums">
        {text}
        {failed > 0 && <span className="text-bad"> · {number.format(failed)} failed</span>}
      </p>
    </div>
  );
}
