import { escaped } from '../../requests/escaped.js';
import { type BoxFigures, boxFigures } from './box-figures.js';
import { ticksOf, tickText } from './ticks.js';

/** A picture of box plots: panels, in each groups side by side, in each group a box for every series. */
export interface BoxChart {
  title: string;
  subtitle: string;
  series: readonly { name: string; color: string }[];
  /** Rows of panels from top to bottom. */
  rows: readonly (readonly Panel[])[];
}

export interface Panel {
  title: string;
  /** Of its values. */
  unit: string;
  /** Below the axis a name, above it of each series the values. */
  groups: readonly { name: string; values: readonly (readonly number[])[] }[];
}

const chartSize = { width: 1_200, height: 720 } as const;

const margin = { top: 96, right: 24, bottom: 24, left: 24 } as const;
const panelGap = { across: 28, down: 26 } as const;
/** Within a panel, for its title, the names below and the numbers at the left. */
const plot = { top: 34, bottom: 26, left: 62 } as const;
const ink = { text: '#1f2933', faint: '#5f6b76', grid: '#dfe4e8', axis: '#9aa5ae' } as const;
/** So many values are each a dot; of more only those beyond the whiskers. */
const mostDots = 60;

interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The picture as SVG. */
export function boxChart({ title, subtitle, series, rows }: BoxChart): string {
  const { width, height } = chartSize;
  const rowHeight = (height - margin.top - margin.bottom - panelGap.down * (rows.length - 1)) / rows.length;
  const colors = series.map(({ color }) => color);
  const panels = rows.flatMap((row, i) => rowOf(row, margin.top + i * (rowHeight + panelGap.down), rowHeight, colors));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Lato" font-size="14" fill="${ink.text}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="38" font-size="24" font-weight="700">${escaped(title)}</text>`,
    `<text x="${margin.left}" y="64" fill="${ink.faint}">${escaped(subtitle)}</text>`,
    ...legend(series),
    ...panels,
    '</svg>',
  ].join('\n');
}

function legend(series: BoxChart['series']): string[] {
  const step = 190;
  const left = chartSize.width - margin.right - step * series.length;
  return series.map(
    ({ name, color }, i) =>
      `<rect x="${left + i * step}" y="25" width="14" height="14" rx="2" fill="${color}"/><text x="${left + i * step + 22}" y="37" font-size="15">${escaped(name)}</text>`,
  );
}

/** Panels are as wide as they have groups, and never narrower than four. */
function rowOf(panels: readonly Panel[], top: number, height: number, colors: readonly string[]): string[] {
  const weights = panels.map(({ groups }) => Math.max(groups.length, 4));
  const free = chartSize.width - margin.left - margin.right - panelGap.across * (panels.length - 1);
  const widths = weights.map((weight) => (free * weight) / weights.reduce((sum, one) => sum + one, 0));
  return panels.flatMap((panel, i) => {
    const left = margin.left + widths.slice(0, i).reduce((sum, width) => sum + width + panelGap.across, 0);
    return panelOf(panel, { left, top, width: widths[i] ?? 0, height }, colors);
  });
}

function panelOf({ title, unit, groups }: Panel, { left, top, width, height }: Frame, colors: readonly string[]): string[] {
  const frame: Frame = { left: left + plot.left, top: top + plot.top, width: width - plot.left, height: height - plot.top - plot.bottom };
  const values = groups.flatMap((group) => group.values.flat());
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const y = (value: number) => frame.top + frame.height * (1 - (value - low) / (high - low));
  const step = frame.width / groups.length;
  return [
    `<text x="${px(left)}" y="${px(top + 16)}" font-size="16" font-weight="700">${escaped(title)}<tspan dx="8" font-weight="400" font-size="14" fill="${ink.faint}">${escaped(unit)}</tspan></text>`,
    ...ticks.map((tick) => tickOf(y(tick), frame, tickText(tick, ticks))),
    `<path d="M${px(frame.left)} ${px(frame.top)}V${px(frame.top + frame.height)}H${px(frame.left + frame.width)}" fill="none" stroke="${ink.axis}"/>`,
    ...groups.flatMap(({ name, values: ofSeries }, group) => {
      const middle = frame.left + step * (group + 0.5);
      const boxWidth = Math.min(46, (step * 0.72) / ofSeries.length);
      const boxes = ofSeries.flatMap((some, i) => {
        const center = middle + (i - (ofSeries.length - 1) / 2) * boxWidth * 1.15;
        return some.length === 0 ? [] : [boxOf(some, { center, width: boxWidth, y }, colors[i] ?? ink.text)];
      });
      return [
        ...boxes,
        `<text x="${px(middle)}" y="${px(frame.top + frame.height + 19)}" text-anchor="middle" fill="${ink.faint}">${escaped(name)}</text>`,
      ];
    }),
  ];
}

function tickOf(y: number, { left, width }: Frame, text: string): string {
  const line = `<path d="M${px(left)} ${px(y)}h${px(width)}" stroke="${ink.grid}"/>`;
  return `${line}<text x="${px(left - 8)}" y="${px(y + 4.5)}" font-size="13" text-anchor="end" fill="${ink.faint}">${text}</text>`;
}

interface Place {
  center: number;
  width: number;
  y: (value: number) => number;
}

function boxOf(values: readonly number[], { center, width, y }: Place, color: string): string {
  const figures = boxFigures(values);
  const { median, lowerQuartile, upperQuartile, lowerWhisker, upperWhisker } = figures;
  const [left, cap] = [center - width / 2, width * 0.25];
  const whisker = (end: number, quartile: number) =>
    `M${px(center)} ${px(y(quartile))}V${px(y(end))}M${px(center - cap)} ${px(y(end))}h${px(2 * cap)}`;
  const height = Math.max(1, y(lowerQuartile) - y(upperQuartile));
  return [
    `<g stroke="${color}" fill="${color}">`,
    `<path d="${whisker(upperWhisker, upperQuartile)}${whisker(lowerWhisker, lowerQuartile)}" fill="none" stroke-width="1.5"/>`,
    `<rect x="${px(left)}" y="${px(y(upperQuartile))}" width="${px(width)}" height="${px(height)}" fill-opacity="0.22" stroke-width="1.5"/>`,
    `<path d="M${px(left)} ${px(y(median))}h${px(width)}" stroke-width="3"/>`,
    ...dotsOf(values, figures, { center, width, y }),
    '</g>',
  ].join('');
}

/** Beside each other, so that equal values are seen to be several. */
function dotsOf(values: readonly number[], { outliers }: BoxFigures, { center, width, y }: Place): string[] {
  const shown = values.length <= mostDots ? values : outliers;
  const aside = (i: number) => center + width * 0.6 * (((i * 0.618_034) % 1) - 0.5); // by the golden ratio: even, and the same each time
  const radius = Math.min(2.6, width / 8);
  return shown.map((value, i) => `<circle cx="${px(aside(i))}" cy="${px(y(value))}" r="${px(radius)}" fill-opacity="0.55" stroke="none"/>`);
}

/** Tenths of a pixel. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
