import type { Decoded } from '@earshot/audio';
import type { FormatFinding } from './finding.js';
import type { FormatCase } from './format-cases.js';

const lossyExcessMs = 60;
/** ffmpeg's samples beside ffmpeg's samples: nothing but the order of a sum can differ. */
const levelTolerance = 1e-6;

export function compareLength(
  finding: FormatFinding,
  item: FormatCase,
  source: Float32Array[],
  theirs: Float32Array[],
  decoded: Omit<Decoded, 'format'>,
): void {
  const { faults } = finding;
  const { channels, frames, sampleRate } = decoded;
  const encodedFrames = source[0]!.length;
  finding.decoder = decoded.decoder;
  finding.excessMs = 1000 * (frames / sampleRate - encodedFrames / finding.sampleRate);
  if (channels !== source.length) faults.push(`${channels} channels decoded`);
  const isWrong = item.isLossless ? frames !== encodedFrames : item.knowsPadding && Math.abs(finding.excessMs) > lossyExcessMs;
  if (isWrong) faults.push(`${frames} frames at ${sampleRate} Hz, ${encodedFrames} at ${finding.sampleRate} Hz were encoded`);
  if (Math.abs(frames - theirs[0]!.length) > (lossyExcessMs / 1000) * sampleRate)
    faults.push(`${frames} frames, ffmpeg ${theirs[0]!.length}`);
}

export function compareSamples(
  finding: FormatFinding,
  item: FormatCase,
  source: Float32Array[],
  theirs: Float32Array[],
  samples: Float32Array[],
): void {
  finding.errorOfRms = Math.max(...samples.map((channel, c) => relativeError(channel, theirs[c]!)));
  if (!(finding.errorOfRms <= item.tolerance || (item.mayBeatFfmpeg && isNearer(samples, theirs, source)))) {
    finding.faults.push(`${finding.errorOfRms} of the RMS away from ffmpeg`);
  }
  const isExact = samples.every((channel, c) => channel.every((value, i) => value === source[c]![i]));
  if (item.isLossless && !/ (u8|alaw|mulaw)$/.test(item.name) && !isExact) finding.faults.push('not the samples that were encoded');
}

/** What the ladder says of the level of all channels, beside that of ffmpeg's samples. */
export function compareLevel(finding: FormatFinding, theirs: Float32Array[], { peak, rms }: { peak: number; rms: number }): void {
  let [theirPeak, squares, count] = [0, 0, 0];
  for (const channel of theirs) {
    for (const sample of channel) {
      theirPeak = Math.max(theirPeak, Math.abs(sample));
      squares += sample ** 2;
    }
    count += channel.length;
  }
  const theirRms = Math.sqrt(squares / count);
  finding.errorOfRms = Math.max(Math.abs(rms - theirRms), Math.abs(peak - theirPeak)) / theirRms;
  if (!(finding.errorOfRms <= levelTolerance)) finding.faults.push(`peak ${peak}, RMS ${rms}; ffmpeg ${theirPeak}, ${theirRms}`);
}

/** Whether every channel is at least as near to the source as ffmpeg's, both shifted by the delay at which ffmpeg's fits best. */
function isNearer(samples: Float32Array[], theirs: Float32Array[], source: Float32Array[]): boolean {
  return samples.every((channel, c) => {
    const wanted = source[c]!;
    const errorsByDelay = Array.from({ length: longestDelay }, (_, delay) => relativeError(theirs[c]!.subarray(delay), wanted));
    const theirError = Math.min(...errorsByDelay);
    return relativeError(channel.subarray(errorsByDelay.indexOf(theirError)), wanted) <= theirError;
  });
}

/** Frames that an MP3 without tags begins with and that are not of the clip: encoder and decoder need 1,105. */
const longestDelay = 1200;

function relativeError(ours: Float32Array, theirs: Float32Array): number {
  const length = Math.min(ours.length, theirs.length);
  let [error, power] = [0, 0];
  for (let i = 0; i < length; i++) {
    error += (ours[i]! - theirs[i]!) ** 2;
    power += theirs[i]! ** 2;
  }
  return Math.sqrt(error / power);
}
