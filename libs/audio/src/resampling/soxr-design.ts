// The formulas by which soxr 0.1.3 sizes its filters, so that ours are the same ones: Kaiser-windowed low-passes.

/** h(t) = c·sinc(c·t)·I0(β·√(1 − (t/reach)²))/I0(β), |t| < reach; the unit of t is a sample of the rate it belongs to. */
export interface KaiserLowPass {
  c: number;
  beta: number;
  reach: number;
}

interface Band {
  /** End of the pass band, start of the stop band; 1 is the Nyquist frequency of the filter's own rate. */
  pass: number;
  stop: number;
  attenuationDb: number;
}

export const bitDb = 20 * Math.log10(2);

/** Taps and β of a filter designed at `phases` times the rate. */
function sized({ pass, stop, attenuationDb }: Band, phases: number): { cutoff: number; beta: number; taps: number } {
  const transition = Math.min((stop - pass) / 2 / phases, stop / phases / 2);
  const cutoff = stop / phases - transition;
  const beta = kaiserBeta(attenuationDb, transition / 2 / cutoff);
  const width = ((0.0007528358 - 1.577737e-5 * beta) * beta + 0.6248022) * beta + 0.06186902;
  return { cutoff, beta, taps: Math.ceil(width / transition + 1) };
}

/** The filter of one stage that works by FFT. Its number of taps is 1 modulo `modulo`. */
export function fftLowPass(band: Band, modulo: number): KaiserLowPass {
  const { cutoff, beta, taps } = sized(band, 1);
  const count = Math.floor((taps + modulo - 2) / modulo) * modulo + 1;
  return { c: cutoff, beta, reach: count / 2 };
}

/** The interpolator: how many input samples one output needs, for each of `phases` positions between two samples. */
export function interpolatorTaps(band: Band, phases: number): number {
  const { taps } = sized(band, phases);
  return Math.floor((Math.floor(taps / phases) * phases + phases - 1) / phases) + 1;
}

export function interpolatorLowPass(band: Band, phases: number, taps: number): KaiserLowPass {
  const { cutoff, beta } = sized(band, phases);
  const stretch = band.attenuationDb < 120 ? 0.63 : 0.75;
  return { c: cutoff * phases, beta, reach: ((taps * phases - 2) / 2 + stretch) / phases };
}

/** Where, as a share of the transition, the response has fallen by `dropDb` (negative) from the pass band. */
export function dropShare(dropDb: number, attenuationDb: number): number {
  const a = attenuationDb;
  const phi = ((2.0517e-7 * a - 1.1303e-4) * a + 0.023154) * a + 0.55924;
  const drop = 10 ** (dropDb / 20);
  const share = Math.asin(Math.min(drop, 1 - drop) ** (Math.log(Math.sin(phi / 2)) / Math.log(0.5))) / phi;
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
  const octave = Math.log2(transition / 0.0005);
  const whole = Math.trunc(octave);
  const at = (index: number) => {
    const [a, b, c, d] = betaCubics[Math.max(0, Math.min(betaCubics.length - 1, index))]!;
    return ((a * attenuationDb + b) * attenuationDb + c) * attenuationDb + d;
  };
  return at(whole) + (at(whole + 1) - at(whole)) * (octave - whole);
}
