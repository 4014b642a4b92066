import { CartesianGrid, Line, LineChart as Lines, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

/** One point of the horizontal axis, with the value of each series there; null leaves a gap. */
export type ChartRow = Readonly<Record<string, number | string | null>>;

interface Props {
  /** What is seen in it, for those who do not see it; the numbers stand in the table beside it. */
  label: string;
  rows: readonly ChartRow[];
  /** The name of the member that is the horizontal axis. */
  x: string;
  series: readonly string[];
  xLabel?: string;
  xDomain?: readonly [number, number];
  yDomain?: readonly [number, number];
  /** A line to compare with, from one point to another. */
  reference?: readonly [{ x: number; y: number }, { x: number; y: number }];
  marks?: boolean;
  write?: (value: number) => string;
  heightPx?: number;
}

/** No meaning by colour alone: each series has its own dashes, too. */
const strokes = ['none', '6 3', '2 3', '10 4 2 4', '1 4'];
const tones = 5;

const toneOf = (place: number) => `var(--series-${(place % tones) + 1})`;
const dashOf = (place: number) => strokes[place % strokes.length];
const short = (value: number) => new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value);

/** Values over something: one line for each series, with its name. */
export function LineChart({
  label,
  rows,
  x,
  series,
  xLabel,
  xDomain,
  yDomain,
  reference,
  marks = false,
  write = short,
  heightPx = 240,
}: Props) {
  const isNumeric = rows.every((row) => typeof row[x] === 'number');
  const tick = { fill: 'var(--muted)', fontSize: 12 };
  return (
    <div>
      <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-note text-muted">
        {series.map((name, place) => (
          <li key={name} className="flex items-center gap-2">
            <svg width="24" height="8" aria-hidden>
              <line x1="0" x2="24" y1="4" y2="4" stroke={toneOf(place)} strokeWidth="2.5" strokeDasharray={dashOf(place)} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <div role="img" aria-label={label} className="overflow-hidden" style={{ height: heightPx }}>
        <ResponsiveContainer>
          <Lines data={[...rows]} accessibilityLayer={false} margin={{ top: 14, right: 12, bottom: xLabel ? 16 : 0, left: 0 }}>
            <CartesianGrid stroke="var(--line)" vertical={!isNumeric} />
            <XAxis
              dataKey={x}
              type={isNumeric ? 'number' : 'category'}
              domain={isNumeric ? [...(xDomain ?? ['dataMin', 'dataMax'])] : undefined}
              allowDecimals={rows.some((row) => !Number.isInteger(row[x]))}
              tick={tick}
              stroke="var(--edge)"
              label={xLabel === undefined ? undefined : { value: xLabel, position: 'insideBottom', offset: -12, ...tick }}
            />
            <YAxis
              width={52}
              domain={yDomain ? [...yDomain] : ['auto', 'auto']}
              tick={tick}
              stroke="var(--edge)"
              tickFormatter={(value: number) => write(value)}
            />
            <Tooltip
              isAnimationActive={false}
              formatter={(value) => (typeof value === 'number' ? write(value) : String(value))}
              contentStyle={{ background: 'var(--surface)', border: '1px solid var(--line)', borderRadius: 9, fontSize: 13 }}
              labelStyle={{ color: 'var(--ink)' }}
            />
            {reference && <ReferenceLine segment={reference} stroke="var(--edge)" strokeDasharray="3 3" />}
            {series.map((name, place) => (
              <Line
                key={name}
                dataKey={name}
                stroke={toneOf(place)}
                strokeWidth={2}
                strokeDasharray={dashOf(place)}
                dot={(marks || rows.length < 2) && { strokeDasharray: 'none', fill: toneOf(place), r: 3 }}
                isAnimationActive={false}
              />
            ))}
          </Lines>
        </ResponsiveContainer>
      </div>
    </div>
  );
}
