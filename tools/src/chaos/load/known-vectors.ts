import { resample } from '@earshot/audio';
import { extract, type Profile, pcmInMemory } from '@earshot/features';
import { knownClip, sampleRate } from './known-clip.js';

/** What each of the profiles makes of a known clip. */
export function knownVectors(number: number, profiles: readonly Profile[]): Float32Array[] {
  const { samples } = knownClip(number);
  return extract(profiles, (rate) => pcmInMemory(resample(samples, sampleRate, rate), rate)).map(({ values }) => values);
}
