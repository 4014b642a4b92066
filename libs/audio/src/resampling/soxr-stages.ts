import { bitDb, dropShare, fftLowPass, interpolatorLowPass, interpolatorTaps, type KaiserLowPass } from './soxr-design.js';

/** How soxr's quality HQ (librosa's `soxr_hq`) goes from one rate to another. */
export interface SoxrStages {
  /** The low-pass; t in samples of the lower rate. */
  lowPass: KaiserLowPass;
  /** Input samples of one FFT block, and how many at each of its ends are spoilt; null where the low-pass does not come first. */
  block: { inSize: number; spoiltSamples: number } | null;
  /** The interpolator behind it, or null where one filter does it all; t in samples of the middle rate. */
  interpolator: (KaiserLowPass & { taps: number }) | null;
}

const precisionBits = 20;
const passEnd = 1 - 0.05 / (1 - dropShare(-3, precisionBits * bitDb));
const greatestPhaseCount = 2048;
const interpolatorDropDb = -0.01;

/**
 * The stages of soxr 0.1.3 for a ratio: halving until less than 4 to 1 is left, a low-pass by FFT (which doubles the rate when going up,
 * or down by less than 2), and a poly-phase interpolator, unless the ratio is so simple that the low-pass makes it alone. Null for what
 * soxr does in yet another way: up by more than 4, and down by between 1.5 and 2 to a rate that is no small fraction.
 */
export function soxrStages(from: number, to: number): SoxrStages | null {
  let ratio = from / to;
  let halvings = 0;
  for (let i = Math.floor(ratio / 2) >> 1; i > 0; i >>= 1, halvings++) ratio /= 2;
  const isUp = ratio < 1;
  if (!isUp && ratio > 1.5 && ratio < 2) return null;
  const doubling = ratio < 2 ? 2 : 1;
  const divisor = greatestCommonDivisor(from * doubling, to * 2 ** halvings);
  const [step, phases] = [(from * doubling) / divisor, (to * 2 ** halvings) / divisor];
  if (to / from > 4 && to / from !== 5) return null;

  const stageDb = 20 * Math.log10(halvings + 1);
  const halve = (doubling * phases) % 2 === 0 && step % 2 === 0 ? 2 : 1;
  const [up, down] = [(doubling * phases) / halve, step / halve];
  if (Math.max(up, down) < 5 || up * down < 6) {
    const attenuationDb = (precisionBits + 1) * bitDb + stageDb;
    const narrowing = Math.max(up, down);
    const alone = lowPass(narrowing, isPowerOfTwo(up) && up >= down ? 2 * up : 4, attenuationDb);
    return { lowPass: alone, block: narrowing === 2 && halvings === 0 ? blockOf(alone, narrowing, up) : null, interpolator: null };
  }

  const attenuationDb = (precisionBits + 2) * bitDb;
  const narrowing = isUp ? doubling : step / phases; // the middle rate over the lower one
  const [pass, stop] = [passEnd / narrowing, 1 / narrowing];
  const interpolatorStop = 2 - (pass + (stop - pass) * 0.7);
  const interpolatorPass = interpolatorStop - (interpolatorStop - pass) / (1 - dropShare(interpolatorDropDb, attenuationDb));
  const band = { pass: interpolatorPass, stop: interpolatorStop, attenuationDb };
  // a ratio with more phases than that is interpolated between phases
  const positions = phases <= greatestPhaseCount ? phases : 2 ** (isUp ? 11 : Math.ceil(12.4 - Math.log2(narrowing)));
  let taps = interpolatorTaps(band, positions);
  if (!isUp) taps += taps % 2;
  const isDoubled = taps % 2 === 1 && positions === phases && phases % 2 === 1;
  const first = lowPass(narrowing, isUp ? 2 * doubling : 4, attenuationDb + stageDb);
  return {
    lowPass: first,
    block: halvings === 0 ? blockOf(first, narrowing, doubling) : null,
    interpolator: { ...interpolatorLowPass(band, isDoubled ? 2 * positions : positions, taps), taps },
  };
}

/** The low-pass at `narrowing` times the lower rate, in samples of the lower rate. */
function lowPass(narrowing: number, modulo: number, attenuationDb: number): KaiserLowPass {
  const { c, beta, reach } = fftLowPass({ pass: passEnd / narrowing, stop: 1 / narrowing, attenuationDb }, modulo);
  return { c: c * narrowing, beta, reach: reach / narrowing };
}

/**
 * Our blocks are soxr's: where a whole block is silence both give exact zeros, and where it is not both give rounding noise.
 * `up`: the factor by which the stage raises the rate.
 */
function blockOf({ reach }: KaiserLowPass, narrowing: number, up: number): { inSize: number; spoiltSamples: number } {
  const taps = 2 * reach * narrowing;
  const size = 2 ** Math.max(10, Math.min(17, Math.floor(Math.log2(taps) + 2.77)));
  return { inSize: size / up, spoiltSamples: Math.round((taps - 1) / 2) / up };
}

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
