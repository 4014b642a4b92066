/** Round values for an axis that shows from `low` to `high`: the first at or below, the last at or above, `most` at most. */
export function ticksOf(low: number, high: number, most = 7): number[] {
  const span = high > low ? high - low : Math.max(Math.abs(high), 1e-6) / 5; // all values are the same
  const [from, to] = high > low ? [low, high] : [low - span, high + span];
  const step = roundSteps(span / (most - 1)).find((size) => Math.ceil(to / size) - Math.floor(from / size) < most) ?? span;
  const first = Math.floor(from / step);
  return Array.from({ length: Math.ceil(to / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** 1, 2, 2.5 and 5 times a power of ten, from `least` on. */
function roundSteps(least: number): number[] {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 2.5, 5, 10, 20, 25, 50].map((factor) => factor * power).filter((step) => step >= least);
}

/** As few digits as tell the ticks apart, the sign as it is set in print. */
export function tickText(value: number, ticks: readonly number[]): string {
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + (isHalf(step) ? 1 : 0));
  const text = Math.abs(value).toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `−${text}` : text;
}

/** Steps like 0.25 need a digit more than their power of ten. */
function isHalf(step: number): boolean {
  return Math.abs(step / 10 ** Math.floor(Math.log10(step) + 1e-9) - 2.5) < 1e-6;
}
