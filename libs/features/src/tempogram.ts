import { type Kernels, quadFftPositions, quadFftTwiddles, RealFft } from '@earshot/kernels';
import { hann } from './hann.js';
import { once } from './once.js';
import { remembered } from './remembered.js';

const framesAtOnce = 2048;

const leastSize = 32;
/** So few frames that their pairs, one by one, are less work than the transforms. */
const fewSounding = 8;

const windows = once(8, (length: number) => {
  const window = hann(length);
  return { window, window32: Float32Array.from(window) };
});
const tables = once(8, (size: number) => ({ twiddles: quadFftTwiddles(size), positions: quadFftPositions(size) }));
const inverses = new WeakMap<Kernels, Map<number, RealFft>>();

/** The greatest difference between `mean` and `exactMean`, relative to lag 0: f32 against f64 (a spec holds it to a tenth of this). */
export const tempogramError = 1e-6;

/**
 * The mean over a clip of the local autocorrelation of its onset envelope, for the lags 0 … L − 1 in frames.
 *
 *     x_t[i] = w[i]·on[t + i − L/2]        tg[lag] = 1/T·Σ_t Σᵢ x_t[i]·x_t[i + lag] / Σᵢ x_t[i]²
 *
 * w: periodic Hann of L; past its ends the envelope falls to 0 on a straight line; frames without energy count as 0.
 * Reference: librosa 0.11 `feature.tempogram(…).mean(1)`.
 */
export class MeanTempogram {
  private readonly padded: Float32Array;
  /** Where the padded envelope is not 0, in order. */
  private readonly sounding: Uint32Array;
  private readonly frameCount: number;
  private inverseEnergies: Float64Array | undefined;

  constructor(
    private readonly kernels: Kernels,
    envelope: Float32Array,
    readonly length: number,
  ) {
    this.padded = ramped(envelope, length >> 1);
    this.sounding = soundingIn(this.padded);
    this.frameCount = envelope.length;
  }

  /** All lags, to `tempogramError`. */
  mean(): Float32Array {
    return this.sounding.length <= fewSounding ? this.meanOfFew() : this.meanByTransform();
  }

  private meanOfFew(): Float32Array {
    const { length } = this;
    const sounding = [...this.sounding];
    const lags = new Set(sounding.flatMap((s) => sounding.map((other) => other - s)));
    const mean = new Float32Array(length);
    for (const lag of lags) if (lag >= 0 && lag < length) mean[lag] = this.exactMean(lag);
    return mean;
  }

  /** One inverse transform of the sum of all scaled power spectra. */
  private meanByTransform(): Float32Array {
    const { kernels, length, frameCount } = this;
    const size = this.fftSize();
    const spectrum = this.spectrum(size);
    // what two frames packed as one complex one do to each other is imaginary: only the even part of the spectrum counts
    const even = new Float32Array(size / 2 + 1);
    for (let k = 0; k < even.length; k++) even[k] = (spectrum[k]! + spectrum[(size - k) & (size - 1)]!) / 2 / frameCount;
    const { arena } = kernels;
    return arena.scoped(() => {
      const [re, im, x] = [arena.takeTable(even), arena.takeTable(new Float32Array(even.length)), arena.take(4 * size)];
      inverseOf(kernels, size).inverse(re, im, x);
      return arena.f32(x, length).slice();
    });
  }

  /** So many points that no lag wraps around: what sounds may be much shorter than a frame, as in a clip of a second. */
  private fftSize(): number {
    const { sounding, length } = this;
    const stretch = Math.min(length, (sounding.at(-1) ?? 0) - (sounding[0] ?? 0) + 1);
    return Math.max(leastSize, 2 ** Math.ceil(Math.log2(Math.max(length, 2 * stretch - 1))));
  }

  /** One lag in f64, for where f32 cannot tell two lags apart: Σ over the pairs of frames that sound. */
  exactMean(lag: number): number {
    const { padded, sounding, length, frameCount } = this;
    const { window } = windows(length);
    this.inverseEnergies ??= this.energies();
    let sum = 0;
    for (const s of sounding) {
      const pair = s + lag < padded.length ? padded[s]! * padded[s + lag]! : 0;
      if (pair === 0) continue;
      let weight = 0;
      const last = Math.min(length - 1 - lag, s);
      for (let i = Math.max(0, s - frameCount + 1); i <= last; i++) weight += window[i]! * window[i + lag]! * this.inverseEnergies[s - i]!;
      sum += pair * weight;
    }
    return sum / frameCount;
  }

  private spectrum(size: number): Float64Array {
    const { kernels, length, frameCount, padded } = this;
    const { run, arena } = kernels;
    const { window32 } = windows(length);
    const { twiddles, positions } = tables(size);
    const spectrum = new Float64Array(size);
    arena.scoped(() => {
      const [windowAt, twiddlesAt] = [arena.takeTable(window32), arena.takeTable(twiddles)];
      const onset = arena.take(4 * (framesAtOnce + length + 7));
      const z = arena.take(32 * size);
      const sums = arena.take(16 * size);
      for (let t = 0; t < frameCount; t += framesAtOnce) {
        const count = Math.min(framesAtOnce, frameCount - t);
        const stretch = arena.f32(onset, count + length + 7);
        stretch.fill(0).set(padded.subarray(t, t + stretch.length));
        const lanes = arena.f32(sums, 4 * size).fill(0);
        run.addAutocorrelations(onset, count, length, windowAt, size, twiddlesAt, z, sums);
        for (let k = 0; k < size; k++) {
          const at = 4 * positions[k]!;
          spectrum[k]! += lanes[at]! + lanes[at + 1]! + lanes[at + 2]! + lanes[at + 3]!;
        }
      }
    });
    return spectrum;
  }

  /** 1/Σᵢ x_t[i]², 0 for frames without energy. */
  private energies(): Float64Array {
    const { padded, sounding, length, frameCount } = this;
    const { window } = windows(length);
    const energies = new Float64Array(frameCount);
    for (const s of sounding) {
      const square = padded[s]! ** 2;
      const last = Math.min(length - 1, s);
      for (let i = Math.max(0, s - frameCount + 1); i <= last; i++) energies[s - i]! += square * window[i]! ** 2;
    }
    return energies.map((energy) => (energy > 0 ? 1 / energy : 0));
  }
}

function inverseOf(kernels: Kernels, size: number): RealFft {
  const ofKernels = remembered(inverses, kernels, () => new Map<number, RealFft>());
  return remembered(ofKernels, size, () => new RealFft(size, kernels));
}

function soundingIn(padded: Float32Array): Uint32Array {
  const sounding = new Uint32Array(padded.length);
  let count = 0;
  for (let s = 0; s < padded.length; s++) if (padded[s] !== 0) sounding[count++] = s;
  return sounding.subarray(0, count);
}

/** The envelope between two straight lines to 0 of `pad` frames each (numpy's `linear_ramp`). */
function ramped(envelope: Float32Array, pad: number): Float32Array {
  const out = new Float32Array(envelope.length + 2 * pad);
  out.set(envelope, pad);
  const [first, last] = [envelope[0]!, envelope[envelope.length - 1]!];
  for (let i = 0; i < pad; i++) {
    out[i] = (first * i) / pad;
    out[pad + envelope.length + i] = (last * (pad - 1 - i)) / pad;
  }
  return out;
}
