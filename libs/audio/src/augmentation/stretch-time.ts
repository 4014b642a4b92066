import { kernels, RealFft } from '@earshot/kernels';

const fftSize = 2048;
const hop = fftSize / 4;
const binCount = fftSize / 2 + 1;

/**
 * Changes the tempo by `rate` and keeps the pitch: round(n/rate) samples, by a phase vocoder.
 * Reference: librosa 0.11 `effects.time_stretch` (STFT of 2048 points, hop 512, zeros beyond the ends).
 */
export function stretchTime(samples: Float32Array, rate: number): Float32Array {
  if (!(rate > 0)) throw new RangeError(`stretch by ${rate}: a positive rate is needed`);
  const length = Math.round(samples.length / rate);
  const { magnitudes, phases, frameCount } = polarSpectrogram(samples);
  // Frames that the result has no room for are not worth computing.
  const stretchedCount = Math.min(Math.ceil(frameCount / rate), Math.ceil((length + fftSize) / hop));
  const out = new OverlapAdd(length);
  const phase = phases.slice(0, binCount);
  const magnitude = new Float32Array(binCount);
  for (let t = 0; t < stretchedCount; t++) {
    const step = t * rate;
    const at = Math.floor(step) * binCount;
    const share = step % 1;
    for (let k = 0; k < binCount; k++) magnitude[k] = (1 - share) * magnitudes[at + k]! + share * magnitudes[at + binCount + k]!;
    out.add(t * hop, magnitude, phase);
    for (let k = 0; k < binCount; k++) {
      const expected = (2 * Math.PI * k * hop) / fftSize;
      const advance = phases[at + binCount + k]! - phases[at + k]! - expected;
      phase[k] = phase[k]! + expected + advance - 2 * Math.PI * Math.round(advance / (2 * Math.PI));
    }
  }
  return out.samples();
}

/** Row-major, with two frames of zeros behind the last one, which the interpolation may reach. */
function polarSpectrogram(samples: Float32Array): { magnitudes: Float32Array; phases: Float64Array; frameCount: number } {
  const frameCount = 1 + Math.floor(samples.length / hop);
  const magnitudes = new Float32Array((frameCount + 2) * binCount);
  const phases = new Float64Array((frameCount + 2) * binCount);
  const padded = new Float32Array(samples.length + fftSize);
  padded.set(samples, fftSize / 2);
  const { arena } = kernels();
  arena.scoped(() => {
    const [x, re, im] = [arena.take(4 * fftSize), arena.take(4 * binCount), arena.take(4 * binCount)];
    for (let t = 0, at = 0; t < frameCount; t++) {
      arena.f32(x, fftSize).set(padded.subarray(t * hop, t * hop + fftSize).map((value, i) => value * hann[i]!));
      fft().forward(x, re, im);
      const [real, imaginary] = [arena.f32(re, binCount), arena.f32(im, binCount)];
      for (let k = 0; k < binCount; k++, at++) {
        magnitudes[at] = Math.hypot(real[k]!, imaginary[k]!);
        phases[at] = Math.atan2(imaginary[k]!, real[k]!);
      }
    }
  });
  return { magnitudes, phases, frameCount };
}

/** The inverse STFT: windowed frames added up, divided by the sum of the squared windows. */
class OverlapAdd {
  private readonly sums: Float64Array;
  private readonly weights: Float64Array;

  constructor(private readonly length: number) {
    this.sums = new Float64Array(length + 2 * fftSize);
    this.weights = new Float64Array(length + 2 * fftSize);
  }

  add(start: number, magnitude: Float32Array, phase: Float64Array): void {
    const { arena } = kernels();
    arena.scoped(() => {
      const [x, re, im] = [arena.take(4 * fftSize), arena.take(4 * binCount), arena.take(4 * binCount)];
      arena.f32(re, binCount).set(magnitude.map((value, k) => value * Math.cos(phase[k]!)));
      arena.f32(im, binCount).set(magnitude.map((value, k) => value * Math.sin(phase[k]!)));
      fft().inverse(re, im, x);
      const frame = arena.f32(x, fftSize);
      for (let i = 0; i < fftSize; i++) {
        this.sums[start + i]! += frame[i]! * hann[i]!;
        this.weights[start + i]! += hann[i]! * hann[i]!;
      }
    });
  }

  samples(): Float32Array {
    const first = fftSize / 2;
    return Float32Array.from({ length: this.length }, (_, i) => {
      const weight = this.weights[first + i]!;
      return weight > 1e-30 ? this.sums[first + i]! / weight : 0;
    });
  }
}

/** Periodic. */
const hann = Float64Array.from({ length: fftSize }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / fftSize));

let sharedFft: RealFft | undefined;

/** Made at the first use: its tables stay in the kernels' memory. */
function fft(): RealFft {
  sharedFft ??= new RealFft(fftSize);
  return sharedFft;
}
