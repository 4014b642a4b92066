/** What is smaller is the noise of the arithmetic: these numbers are of single precision. */
const noise = 1e-12;

/** Three significant digits, and no more letters than they need. */
export function significant(value: number): string {
  const size = Math.abs(value);
  if (size < noise) return '0';
  if (size >= 100_000 || size < 0.001) return withMinus(value.toExponential(2).replace('e', ' × 10^').replace('^+', '^'));
  return withMinus(new Intl.NumberFormat('en', { maximumSignificantDigits: size >= 1_000 ? 5 : 4 }).format(value));
}

/** So many digits behind the point; zero has no sign. */
export function fixed(value: number, digits: number): string {
  const written = value.toFixed(digits);
  return withMinus(Number(written) === 0 ? written.replace('-', '') : written);
}

function withMinus(written: string): string {
  return written.replaceAll('-', '−');
}

/** A share of full scale in decibels. */
export function decibels(share: number): string {
  return share > 0 ? `${fixed(20 * Math.log10(share), 1)} dBFS` : 'silent';
}

export function seconds(value: number): string {
  return value < 60 ? `${value.toFixed(2)} s` : `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

export function bytes(count: number): string {
  return count < 1_000_000 ? `${(count / 1_000).toFixed(0)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;
}
