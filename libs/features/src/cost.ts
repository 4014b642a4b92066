import { isSoundProfile, isSpeechProfile, type Profile, type SpectralProfile } from './profile.js';

/**
 * What a second of audio takes of processor time until the profiles have their numbers, in milliseconds: an estimate, to be known before
 * anything is computed.
 *
 *     ms = Σ c · frames/s · (5·N·log₂N + N/2 · (4·columns + bands/16)) + d · Hz
 *
 * N is `fftSize`, c the time of one operation, d that of a sample until it is at the profile's rate. Fitted to windows of 256 to 16,384
 * every 32 to 512 samples at 22 to 192 kHz, and to 256 columns: measured times were 0.3 to 1.3 of it. Profiles that share a spectrogram
 * take less, and so do those of the first seconds of a clip.
 */
export function costMsPerSecond(profiles: readonly Profile[]): number {
  return profiles.reduce((sum, profile) => sum + millisecondsOf(profile), 0);
}

const msPerOperation = 4e-8;
const msPerSample = 1e-5;
/** The sound profile is fixed, and was measured. */
const msOfSounds = 1;

function millisecondsOf(profile: Profile): number {
  const { sampleRate, frames, mel } = profile;
  if (isSoundProfile(profile)) return msOfSounds + msPerSample * sampleRate;
  const { fftSize, hopSamples } = frames;
  const columns = isSpeechProfile(profile) ? 1 : columnsOf(profile);
  const operations = 5 * fftSize * Math.log2(fftSize) + (fftSize / 2) * (4 * columns + mel.bands / 16);
  return msPerOperation * operations * (sampleRate / hopSamples) + msPerSample * sampleRate;
}

/** How often the bins of a frame are gone over: once for a matrix, for a vector once for each column. */
function columnsOf({ output }: SpectralProfile): number {
  return output.kind === 'matrix' ? 1 : output.columns.length;
}
