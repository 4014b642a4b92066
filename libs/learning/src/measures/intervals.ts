import { Random } from '../random.js';

/** Where the true value lies with 95 % confidence. */
export interface Interval {
  low: number;
  high: number;
}

const z = 1.959963984540054; // 97.5 % of a normal distribution lie below

/**
 * Wilson's interval of a share: k of n independent rows.
 *
 *     (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)        p = k/n
 */
export function wilsonInterval(k: number, n: number): Interval | null {
  if (n === 0) return null;
  const p = k / n;
  const centre = p + (z * z) / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const [low, high] = [(centre - reach) / (1 + (z * z) / n), (centre + reach) / (1 + (z * z) / n)];
  return { low: k === 0 ? 0 : low, high: k === n ? 1 : high };
}

const draws = 2000;

/**
 * Interval of the mean of `values` where rows of one group are no independent evidence (windows of one recording, words of one speaker):
 * groups are drawn with replacement 2,000 times, and 95 % of the means lie between. Null for a single group, which says nothing of others.
 * Where all groups have the same mean, as where nothing was wrong, every draw has it too: then it is Wilson's, of as many rows as groups.
 */
export function groupInterval(values: ArrayLike<number>, groups: Int32Array, seed: number): Interval | null {
  if (values.length !== groups.length) throw new RangeError(`${groups.length} groups for ${values.length} values`);
  const sums = new Map<number, { sum: number; rows: number }>();
  groups.forEach((group, row) => {
    const of = sums.get(group) ?? { sum: 0, rows: 0 };
    sums.set(group, { sum: of.sum + values[row]!, rows: of.rows + 1 });
  });
  if (sums.size < 2) return null;
  const all = [...sums.values()];
  const [first = Number.NaN, ...others] = all.map(({ sum, rows }) => sum / rows);
  if (others.every((mean) => mean === first)) return wilsonInterval(first * all.length, all.length);
  const means = Float64Array.from({ length: draws }, (_, draw) => {
    const random = new Random(seed, 'bootstrap', draw);
    let [sum, rows] = [0, 0];
    for (let i = 0; i < all.length; i++) {
      const drawn = all[random.below(i, all.length)]!;
      sum += drawn.sum;
      rows += drawn.rows;
    }
    return sum / rows;
  }).sort();
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** Of ascending values, linear between two of them. Reference: numpy `quantile`. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const at = share * (ascending.length - 1);
  const below = ascending[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (ascending[Math.ceil(at)]! - below);
}
