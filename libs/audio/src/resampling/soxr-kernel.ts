/**
 * The low-pass of soxr's quality HQ (librosa's `soxr_hq`), as its impulse responses show it; `soxr-kernel.py` measures and prints the rows.
 *
 * A Kaiser-windowed sinc, t in samples of the lower rate,
 *
 *     h(t) = c·sinc(c·t)·I0(β·√(1 − (t/reach)²))/I0(β)        |t| < reach
 *
 * and, where soxr has a short interpolator behind it, that one's droop: H(f)·(1 + Σₙ droop[n − 1]·f²ⁿ), f = 1 at the lower Nyquist.
 * What the fit leaves is 3e-7 of the response's RMS for the ratios of the table. A ratio that is not in it takes the row of its kind.
 */
export interface LowPass {
  beta: number;
  /** In samples of the lower rate. */
  reach: number;
  droop: readonly number[];
}

/** c: one value for all ratios. */
export const passShare = 0.9568718;

export function soxrLowPass(from: number, to: number): LowPass {
  const divisor = greatestCommonDivisor(from, to);
  const row = rows[`${to / divisor}/${from / divisor}`];
  if (row) return row;
  if (to > from) return upward;
  return downward[Math.min(downward.length - 1, Math.floor(Math.log2(from / to)))]!;
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const droops = {
  none: [],
  upward: [-4.36e-5, 9.175e-4, -6.3998e-3, 1.86615e-2, -2.14343e-2, 5.1955e-3],
  of147: [-1e-6, 8.9e-5, -1.4148e-3, 7.1481e-3, -1.23375e-2, 3.8848e-3],
  of441: [-1.62e-5, 2.027e-4, -4.247e-4, -1.3727e-3, -3.8e-6, 1.621e-4],
  to16k: [-1.31e-5, 1.808e-4, -2.442e-4, -2.6165e-3, 6.091e-4, 2.24e-5],
};

const upward: LowPass = { beta: 13.712, reach: 102.2529, droop: droops.upward };

/** For from/to of 1 to 2, 2 to 4, 4 to 8, above: soxr halves first, and its filter grows. */
const downward: readonly LowPass[] = [
  { beta: 13.7117, reach: 102.2128, droop: droops.of147 },
  { beta: 13.7117, reach: 102.2128, droop: droops.of147 },
  { beta: 14.3838, reach: 106.8068, droop: droops.of147 },
  { beta: 14.7777, reach: 109.5649, droop: droops.of147 },
];

/** By to/from in lowest terms. */
const rows: Readonly<Record<string, LowPass>> = {
  '2/1': { beta: 13.04, reach: 97.25, droop: droops.none },
  '1/2': { beta: 13.04, reach: 97.25, droop: droops.none },
  '4/3': { beta: 13.04, reach: 97.125, droop: droops.none },
  '2/3': { beta: 13.04, reach: 96.8333, droop: droops.none },
  '1/3': { beta: 13.04, reach: 96.8333, droop: droops.none },
  '1/4': { beta: 13.7117, reach: 102.252, droop: droops.none },
  '1/6': { beta: 13.7113, reach: 101.5004, droop: droops.none },
  '1/8': { beta: 14.1042, reach: 105.2501, droop: droops.none },
  '1/12': { beta: 14.1046, reach: 104.8348, droop: droops.none },
  '441/640': { beta: 13.7115, reach: 101.4657, droop: droops.of441 },
  '441/1280': { beta: 13.7115, reach: 101.4657, droop: droops.of441 },
  '320/441': { beta: 13.7119, reach: 101.7712, droop: droops.to16k },
  '160/441': { beta: 13.7119, reach: 101.7712, droop: droops.to16k },
  '80/441': { beta: 14.3843, reach: 106.8522, droop: droops.to16k },
  '40/441': { beta: 14.7773, reach: 109.7529, droop: droops.to16k },
};
