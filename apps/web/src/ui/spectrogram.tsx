import { type MouseEvent, type ReactNode, useMemo } from 'react';
import { HeatMap, type HeatMapProps, rangeOf } from './heat-map.js';
import { gradient } from './palettes.js';
import { melOf, roundTicks } from './ticks.js';

export interface SpectrogramProps extends Pick<HeatMapProps, 'values' | 'label' | 'palette' | 'range'> {
  /** Where the highest of the mel bands ends; the lowest begins at 0 Hz. */
  highestHz: number;
  durationSeconds: number;
  /** How the frequencies are spread over the picture. */
  scale?: 'mel' | 'linear' | undefined;
  /** What a value means, for the legend. */
  unit?: string;
  heightPx?: number | undefined;
  /** What lies over the picture: a line where it plays, a map of why. */
  children?: ReactNode;
  onSeek?: (seconds: number) => void;
}

/** Mel bands over time as a picture, with its axes and its scale of colours. */
export function Spectrogram({
  values,
  label,
  palette = 'magma',
  range,
  highestHz,
  durationSeconds,
  scale = 'mel',
  unit = 'dB',
  heightPx = 240,
  children,
  onSeek,
}: SpectrogramProps) {
  const [lowest, highest] = useMemo(() => range ?? rangeOf(values), [range, values]);
  const lines = useMemo(
    () => (scale === 'linear' ? linesOfLinear(values.length, highestHz) : undefined),
    [scale, values.length, highestHz],
  );
  const seconds = roundTicks(durationSeconds, 6);
  const hertz = scale === 'mel' ? [0, 500, 1_000, 2_000, 4_000, 8_000, 16_000] : roundTicks(highestHz, 5).values;
  const heightOf = (hz: number) => (scale === 'mel' ? melOf(hz) / melOf(highestHz) : hz / highestHz);
  const seek = ({ currentTarget, clientX }: MouseEvent<HTMLCanvasElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onSeek?.((durationSeconds * (clientX - left)) / width);
  };
  return (
    <figure className="min-w-0">
      <div className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2">
        <div aria-hidden className="relative text-note text-muted tabular-nums" style={{ height: heightPx }}>
          {hertz
            .filter((hz) => heightOf(hz) < 0.97)
            .map((hz) => (
              <span
                key={hz}
                className="absolute right-0 translate-y-1/2 whitespace-nowrap leading-none"
                style={{ bottom: `${100 * Math.max(0.03, heightOf(hz))}%` }}
              >
                {hz < 1_000 ? `${hz} Hz` : `${hz / 1_000} kHz`}
              </span>
            ))}
        </div>
        <div className="relative overflow-hidden rounded-small" style={{ height: heightPx }}>
          <HeatMap
            values={values}
            label={label}
            palette={palette}
            range={range}
            lines={lines}
            onClick={seek}
            className={onSeek && 'cursor-crosshair'}
          />
          {children}
        </div>
        <span />
        <div aria-hidden className="relative mt-1.5 h-5 overflow-hidden text-note text-muted tabular-nums">
          {seconds.values
            .filter((second) => second < 0.96 * durationSeconds)
            .map((second) => (
              <span key={second} className="absolute whitespace-nowrap" style={{ left: `${(100 * second) / durationSeconds}%` }}>
                {second.toFixed(seconds.decimals)} s
              </span>
            ))}
        </div>
      </div>
      <figcaption className="mt-2 flex flex-wrap items-center gap-2 pl-[3.75rem] text-note text-muted tabular-nums">
        {written(lowest)} {unit}
        <i className="h-2.5 w-28 rounded-full" style={{ background: gradient(palette) }} />
        {written(highest)} {unit}
      </figcaption>
    </figure>
  );
}

/** The mel band at each line of a picture whose frequencies are spread evenly. */
function linesOfLinear(bands: number, highestHz: number): number[] {
  const lines = 2 * bands;
  return Array.from({ length: lines }, (_, line) => {
    const hz = ((line + 0.5) / lines) * highestHz;
    return Math.min(bands - 1, Math.floor((melOf(hz) / melOf(highestHz)) * bands));
  });
}

function written(value: number): string {
  if (value === 0) return '0';
  return (Math.abs(value) >= 10 ? value.toFixed(0) : value.toPrecision(2)).replace('-', '−');
}
