import { besselI0 } from './bessel-i0.js';

// How soxr 0.1.3 sizes and computes its filters, Kaiser-windowed low-passes: the same formulas in the same order, in f64, so that the taps
// are the same ones when they are rounded to f32.

export interface Band {
  /** End of the pass band, start of the stop band; `nyquist` is in the same unit. */
  pass: number;
  stop: number;
  nyquist: number;
  attenuationDb: number;
}

interface Sizes {
  cutoff: number;
  beta: number;
  taps: number;
}

export const bitDb = Math.log10(2) * 20;

/** The taps of a filter of one phase; their number is 1 modulo `modulo`. */
export function lowPassTaps(band: Band, modulo: number): Float64Array {
  const sizes = sizesOf(band, 1);
  const count = Math.floor((sizes.taps + modulo - 2) / modulo) * modulo + 1;
  return kaiserTaps(sizes, count, 0.5, 1);
}

/** How many samples one output of an interpolator needs, for each of `phases` positions between two of them. */
export function interpolatorTapCount(band: Band, phases: number): number {
  const { taps } = sizesOf(band, phases);
  return Math.floor((Math.floor(taps / phases) * phases + phases - 1) / phases) + 1;
}

/** Its impulse response at all positions in turn: tapCount·phases − 1 of them. */
export function interpolatorTaps(band: Band, phases: number, tapCount: number): Float64Array {
  return kaiserTaps(sizesOf(band, phases), tapCount * phases - 1, band.attenuationDb < 120 ? 0.63 : 0.75, phases);
}

function sizesOf({ pass, stop, nyquist, attenuationDb }: Band, phases: number): Sizes {
  const [passEnd, stopStart] = [pass / nyquist, stop / nyquist];
  const transition = Math.min((0.5 * (stopStart - passEnd)) / phases, 0.5 * (stopStart / phases));
  const cutoff = stopStart / phases - transition;
  const beta = kaiserBeta(attenuationDb, (transition * 0.5) / cutoff);
  const width = ((0.0007528358 - 1.577737e-5 * beta) * beta + 0.6248022) * beta + 0.06186902;
  return { cutoff, beta, taps: Math.ceil(width / transition + 1) };
}

/** `stretch`: how far beyond the last tap the window ends. */
function kaiserTaps({ cutoff, beta }: Sizes, count: number, stretch: number, gain: number): Float64Array {
  const taps = new Float64Array(count);
  const middle = 0.5 * (count - 1);
  const scale = gain / besselI0(beta);
  const reach = 1 / (middle + stretch);
  for (let i = 0; i <= middle; i++) {
    const x = (i - middle) * Math.PI;
    const sinc = x === 0 ? cutoff : Math.sin(cutoff * x) / x;
    const y = (i - middle) * reach;
    taps[i] = sinc * (besselI0(beta * Math.sqrt(1 - y * y)) * scale);
    taps[count - 1 - i] = taps[i]!;
  }
  return taps;
}

/** Where, as a share of the transition, the response has fallen by `dropDb` (negative) from the pass band. */
export function dropShare(dropDb: number, attenuationDb: number): number {
  const a = attenuationDb;
  const phi = ((2.0517e-7 * a - 1.1303e-4) * a + 0.023154) * a + 0.55924;
  const drop = Math.exp(dropDb * (Math.LN10 * 0.05));
  const power = Math.log(0.5) / Math.log(Math.sin(phi * 0.5));
  const share = Math.asin(Math.min(drop, 1 - drop) ** (1 / power)) / phi;
  return drop > 0.5 ? share : 1 - share;
}

/** Cubics in the attenuation, one for each doubling of the transition from 0.0005 on; between them β is interpolated. */
const betaCubics = [
  [-6.784957e-10, 1.02856e-5, 0.1087556, -0.8978365],
  [-6.897885e-10, 1.027433e-5, 0.10876, -0.8974658],
  [-1.000683e-9, 1.030092e-5, 0.1087677, -0.8977898],
  [-3.654474e-10, 1.040631e-5, 0.1087085, -0.8917766],
  [8.106988e-9, 6.983091e-6, 0.1091387, -0.9022048],
  [9.519571e-9, 7.272678e-6, 0.1090068, -0.8890768],
  [-5.626821e-9, 1.342186e-5, 0.1083999, -0.8565452],
  [-9.965946e-8, 5.073548e-5, 0.1040967, -0.6822778],
  [1.604808e-7, -5.856462e-5, 0.1185998, -1.24824],
  [-1.511964e-7, 6.363034e-5, 0.1064627, -0.8076665],
] as const;

/** For attenuations of 60 dB and more. */
function kaiserBeta(attenuationDb: number, transition: number): number {
  const octave = Math.log(transition / 0.0005) / Math.log(2);
  const whole = Math.trunc(octave);
  const at = (index: number) => {
    const [a, b, c, d] = betaCubics[Math.max(0, Math.min(betaCubics.length - 1, index))]!;
    return ((a * attenuationDb + b) * attenuationDb + c) * attenuationDb + d;
  };
  return at(whole) + (at(whole + 1) - at(whole)) * (octave - whole);
}
