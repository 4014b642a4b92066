import { EarshotError } from '@earshot/contracts';
import type { Kernels } from '@earshot/kernels';
import { type PcmSource, readPadded } from '../pcm-source.js';
import type { SoundDefinition } from './sound-profile.js';

/** A clip without the silence around its sound, and what the whole of it says. */
export interface SoundingPart {
  /** The part that sounds, `leastSamples` at least. */
  readonly source: PcmSource;
  /** The greatest |y|. */
  readonly peak: number;
  /** Mean of the whole clip. */
  readonly mean: number;
  readonly wholeSamples: number;
  /** Before the first sample that counts. */
  readonly leadingSamples: number;
}

const samplesAtOnce = 1 << 12;

/**
 * Cuts the silence off.
 *
 *     first, last = the first and the last i with |y[i]| > p·10^(−belowPeakDb/20), p = max |y|
 *
 * What sounds is y[max(0, first − leadSamples) … last]. Digital silence is kept whole: there is nothing in it to cut at.
 */
export function soundingPart(
  kernels: Kernels,
  clip: PcmSource,
  { belowPeakDb, leadSamples, leastSamples }: SoundDefinition['sounding'],
): SoundingPart {
  const { sampleRate, sampleCount } = clip;
  const { peak, sum } = peakAndSum(kernels, clip);
  if (!Number.isFinite(sum) || !Number.isFinite(peak))
    throw new EarshotError('FEATURE_NOT_COMPUTABLE', 'peak_level: samples are not finite numbers');
  const least = peak * 10 ** (-belowPeakDb / 20);
  const first = peak > 0 ? firstAbove(clip, least) : 0;
  const end = peak > 0 ? endAbove(clip, least) : sampleCount;
  const start = Math.max(0, first - leadSamples);
  const length = Math.max(leastSamples, end - start);
  const source: PcmSource = {
    sampleRate,
    sampleCount: length,
    read(from, target) {
      const here = Math.max(0, Math.min(target.length, end - start - from));
      if (here > 0) clip.read(start + from, target.subarray(0, here));
      target.fill(0, here);
    },
  };
  return { source, peak, mean: sum / sampleCount, wholeSamples: sampleCount, leadingSamples: first };
}

function peakAndSum({ run, arena }: Kernels, clip: PcmSource): { peak: number; sum: number } {
  return arena.scoped(() => {
    const [pcm, out] = [arena.take(4 * samplesAtOnce), arena.take(16)];
    const [samples, peakOfBlock, sumOfBlock] = [arena.f32(pcm, samplesAtOnce), arena.f32(out, 1), arena.f64(out + 8, 1)];
    let [peak, sum] = [0, 0];
    for (let start = 0; start < clip.sampleCount; start += samplesAtOnce) {
      readPadded(clip, start, samples);
      run.peakAndSum(pcm, samplesAtOnce, out);
      peak = Math.max(peak, peakOfBlock[0]!);
      sum += sumOfBlock[0]!;
    }
    return { peak, sum };
  });
}

function firstAbove(source: PcmSource, least: number): number {
  const buffer = new Float32Array(samplesAtOnce);
  for (let start = 0; start < source.sampleCount; start += samplesAtOnce) {
    readPadded(source, start, buffer);
    const at = buffer.findIndex((value) => Math.abs(value) > least);
    if (at >= 0) return start + at;
  }
  return 0;
}

/** One after the last. */
function endAbove(source: PcmSource, least: number): number {
  const buffer = new Float32Array(samplesAtOnce);
  for (let end = source.sampleCount; end > 0; end -= samplesAtOnce) {
    readPadded(source, end - samplesAtOnce, buffer);
    const at = buffer.findLastIndex((value) => Math.abs(value) > least);
    if (at >= 0) return end - samplesAtOnce + at + 1;
  }
  return 0;
}
