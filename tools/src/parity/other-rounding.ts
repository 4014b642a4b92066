import { extract, type Profile, pcmInMemory } from '@earshot/features';
import { type MonoClip, resampled } from './clip.js';

const runs = 12;
/** Two of soxr's blocks: a quiet stretch has the noise of the loud one that shares its block. */
const blockSamples = 4096;
/** Of the RMS of a block: the error of a low-pass by FFT in f32. Our chirp at 16 kHz and librosa's, both with it, differ by 2.3e-7. */
const blockNoise = 1.6e-7;
/** Of the peak: three times what that error is in digital silence beside sound, in librosa's voice-16k at 22,050 Hz. */
const silenceNoise = 6e-8;

/**
 * The profile's values with other rounding noise in the resampled clip, a dozen times, and without any (what is below its level in
 * digital silence set to 0). An entry that this moves is no property of the clip: in digital silence beside sound, zero crossings,
 * centroid and chroma are those of the resampler's noise, in librosa as here. Runs of exact zeros stay zeros; a clip that is not resampled has
 * no such noise.
 */
export function withOtherRounding(profile: Profile, clip: MonoClip): Float32Array[] {
  const samples = resampled(clip, profile.sampleRate);
  const peak = samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 0);
  const others = Array.from({ length: runs }, (_, seed) => rounded(samples, seed + 1));
  others.push(samples.map((sample) => (Math.abs(sample) < silenceNoise * peak ? 0 : sample)));
  return others.map((moved) => {
    const [extraction] = extract([profile], (rate) => pcmInMemory(moved, rate));
    return extraction!.values;
  });
}

function rounded(samples: Float32Array, seed: number): Float32Array {
  let state = seed;
  const out = samples.slice();
  for (let at = 0; at < out.length; at += blockSamples) {
    const block = out.subarray(at, at + blockSamples);
    const rms = Math.sqrt(block.reduce((sum, sample) => sum + sample ** 2, 0) / block.length);
    const amplitude = Math.sqrt(3) * blockNoise * rms; // uniform noise of that RMS
    for (const [i, sample] of block.entries()) {
      if (sample === 0 && (samples[at + i - 1] ?? 0) === 0) continue;
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      block[i] = sample + (amplitude * state) / 2 ** 31;
    }
  }
  return out;
}

/** Runs `make` at the first call only. */
export function remembered<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
