import { EarshotError } from '@earshot/contracts';
import type { Kernels } from '@earshot/kernels';
import { type PcmSource, readPadded } from './pcm-source.js';

export interface SilenceRule {
  /** Frames this much quieter than the loudest one are silent, in dB. */
  topDb: number;
  frameSamples: number;
  /** Divides half of `frameSamples`. */
  hopSamples: number;
}

/** Samples from `start` up to, not including, `end`. */
export interface Interval {
  start: number;
  end: number;
}

const blocksAtOnce = 64;

/**
 * The parts of a clip that are not silent.
 *
 *     p[t]  = 1/F·Σ y[i]²,  i = t·H − F/2 … t·H + F/2 − 1, zeros outside        t = 0 … ⌊n/H⌋
 *     dB[t] = 10·log₁₀(max(1e-10, p[t])) − 10·log₁₀(max(1e-10, max p))
 *
 * A frame sounds when dB[t] > −topDb. Each run of sounding frames a … b gives the samples from a·H up to (b + 1)·H, cut at n. Pure
 * silence is kept whole. Frames are sums of blocks of H samples. Reference: librosa 0.11 `effects.split`.
 */
export function splitSilence({ run, arena }: Kernels, source: PcmSource, { topDb, frameSamples, hopSamples }: SilenceRule): Interval[] {
  const n = source.sampleCount;
  const half = frameSamples / hopSamples / 2;
  const frameCount = 1 + Math.floor(n / hopSamples);
  const energies = new Float64Array(frameCount + 2 * half); // block b of the clip is at b + half
  arena.scoped(() => {
    const pcm = arena.take(4 * blocksAtOnce * hopSamples);
    const out = arena.take(8 * blocksAtOnce);
    for (let block = 0; block * hopSamples < n; block += blocksAtOnce) {
      const count = Math.min(blocksAtOnce, Math.ceil(n / hopSamples) - block);
      readPadded(source, block * hopSamples, arena.f32(pcm, count * hopSamples));
      run.blockEnergies(pcm, count, hopSamples, out);
      energies.set(arena.f64(out, count), block + half);
    }
  });

  const power = new Float64Array(frameCount);
  let loudest = 0;
  for (let t = 0; t < frameCount; t++) {
    let sum = 0;
    for (let b = 0; b < 2 * half; b++) sum += energies[t + b]!;
    power[t] = sum / frameSamples;
    loudest = Math.max(loudest, power[t]!);
  }
  if (!Number.isFinite(loudest))
    throw new EarshotError('FEATURE_NOT_COMPUTABLE', 'silence split: the energy of the samples is no finite number');
  const least = -topDb + decibels(loudest);
  const intervals: Interval[] = [];
  for (let t = 0; t < frameCount; t++) {
    if (decibels(power[t]!) <= least) continue;
    const start = t * hopSamples;
    while (t + 1 < frameCount && decibels(power[t + 1]!) > least) t++;
    const end = Math.min(n, (t + 1) * hopSamples);
    if (end > start) intervals.push({ start, end });
  }
  return intervals;
}

/** The kept intervals, joined, as one source. */
export function joined(source: PcmSource, intervals: readonly Interval[]): PcmSource {
  const only = intervals[0];
  if (intervals.length === 1 && only?.start === 0 && only.end === source.sampleCount) return source;
  const firsts = new Float64Array(intervals.length + 1); // where each interval begins in the joined signal
  intervals.forEach(({ start, end }, i) => {
    firsts[i + 1] = firsts[i]! + end - start;
  });
  return {
    sampleRate: source.sampleRate,
    sampleCount: firsts[intervals.length]!,
    read(start, target) {
      let i = intervalAt(firsts, start);
      for (let done = 0; done < target.length; i++) {
        const offset = start + done - firsts[i]!;
        const count = Math.min(target.length - done, firsts[i + 1]! - firsts[i]! - offset);
        source.read(intervals[i]!.start + offset, target.subarray(done, done + count));
        done += count;
      }
    },
  };
}

function decibels(power: number): number {
  return 10 * Math.log10(Math.max(1e-10, power));
}

/** The last interval that begins at or before `sample`. */
function intervalAt(firsts: Float64Array, sample: number): number {
  let low = 0;
  let high = firsts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle]! <= sample) low = middle;
    else high = middle - 1;
  }
  return low;
}
