/** Three significant digits, and no more letters than they need. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 100_000 || size < 0.001) return value.toExponential(2).replace('e', ' × 10^').replace('^+', '^');
  return new Intl.NumberFormat('en', { maximumSignificantDigits: size >= 1_000 ? 5 : 4 }).format(value);
}

/** A share of full scale in decibels. */
export function decibels(share: number): string {
  return share > 0 ? `${(20 * Math.log10(share)).toFixed(1)} dBFS` : 'silent';
}

export function seconds(value: number): string {
  return value < 60 ? `${value.toFixed(2)} s` : `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

export function bytes(count: number): string {
  return count < 1_000_000 ? `${(count / 1_000).toFixed(0)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;
}
