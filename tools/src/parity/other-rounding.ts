import { extract, type Profile, pcmInMemory } from '@earshot/features';
import { type MonoClip, resampled } from './clip.js';

const runs = 12;
/** Half a unit in the last place of f32: what rounding does to a sample itself. */
const roundoff = 2 ** -24;
/** Of the peak: the root mean square of what rounding leaves where there is digital silence, as measured in librosa's voice-16k at 22,050 Hz. */
const noiseLevel = 2e-8;

/**
 * The profile's values with other rounding noise in the resampled clip, a dozen times, and without any (what is below three times its
 * level set to 0). An entry that this moves is no property of the clip: in digital silence next to sound, zero crossings, centroid and
 * chroma are those of the resampler's noise, in librosa as here. Exact zeros stay zeros; a clip that is not resampled has no such noise.
 */
export function withOtherRounding(profile: Profile, clip: MonoClip): Float32Array[] {
  const samples = resampled(clip, profile.sampleRate);
  const level = noiseLevel * samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  let state = 1;
  const rounded = (sample: number) => {
    if (sample === 0) return 0;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return sample + (state / 2 ** 31) * (Math.sqrt(3) * level + roundoff * Math.abs(sample));
  };
  const others = Array.from({ length: runs }, () => samples.map(rounded));
  others.push(samples.map((sample) => (Math.abs(sample) < 3 * level ? 0 : sample)));
  return others.map((moved) => {
    const [extraction] = extract([profile], (rate) => pcmInMemory(moved, rate));
    return extraction!.values;
  });
}

/** Runs `make` at the first call only. */
export function remembered<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
