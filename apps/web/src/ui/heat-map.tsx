import { type MouseEventHandler, useEffect, useRef } from 'react';
import { look } from './look.js';
import { type PaletteName, palette as ramp } from './palettes.js';

export interface HeatMapProps {
  /** Rows from bottom to top, each with its columns: as the API gives bands and frames. */
  values: readonly (readonly number[])[];
  /** What is in the picture, for those who do not see it. */
  label: string;
  palette?: PaletteName;
  /** Quiet places let through what lies below. */
  isVeil?: boolean;
  /** The values of the first and the last colour; by default the lowest and the highest there are. */
  range?: readonly [number, number] | undefined;
  /** For each line of the picture from bottom to top, the row that is drawn there; by default each row once. */
  lines?: readonly number[];
  className?: string;
  onClick?: MouseEventHandler<HTMLCanvasElement>;
}

/** Values as a picture: one pixel for each, which the browser stretches. */
export function HeatMap({ values, label, palette = 'magma', isVeil = false, range, lines, className, onClick }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, values, range ?? rangeOf(values), lines ?? values.map((_, row) => row), palette, isVeil);
  }, [values, range, lines, palette, isVeil]);
  return <canvas ref={canvas} role="img" aria-label={label} className={look('size-full', className)} onClick={onClick} />;
}

/** The lowest and the highest of all values. */
export function rangeOf(values: readonly (readonly number[])[]): [number, number] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const row of values) {
    for (const value of row) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  }
  return lowest <= highest ? [lowest, highest] : [0, 0];
}

function draw(
  canvas: HTMLCanvasElement,
  values: HeatMapProps['values'],
  [lowest, highest]: readonly [number, number],
  lines: readonly number[],
  palette: PaletteName,
  isVeil: boolean,
): void {
  const width = values[0]?.length ?? 0;
  const height = lines.length;
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  canvas.width = width;
  canvas.height = height;
  const colours = ramp(palette);
  const picture = context.createImageData(width, height);
  for (let line = 0; line < height; line++) {
    const row = values[lines[line]!]!;
    for (let column = 0; column < width; column++) {
      const share = highest > lowest ? (row[column]! - lowest) / (highest - lowest) : 0;
      const colour = 3 * Math.round(255 * share);
      const pixel = 4 * ((height - 1 - line) * width + column);
      for (let channel = 0; channel < 3; channel++) picture.data[pixel + channel] = colours[colour + channel]!;
      picture.data[pixel + 3] = isVeil ? 230 * share : 255;
    }
  }
  context.putImageData(picture, 0, 0);
}
