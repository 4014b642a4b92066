import type { Kernels } from '@earshot/kernels';
import { readPadded } from '../pcm-source.js';
import type { SoundDefinition } from './sound-profile.js';
import type { SoundingPart } from './sounding-part.js';

const blocksAtOnce = 256;
/** Of a full block, samples this near to the peak may be clipped. */
const nearPeak = 0.98;

/**
 * How a sound rises and fades, and how loud it is.
 *
 *     r[b] = √(mean of y² over block b of 128 samples + 1e-12), mean of three neighbours (0 beyond the ends) where there are three
 *     d[b] = 20·log₁₀(r[b] / max r + 1e-12)        l(s) = log₂(s + .005), a block being 1/344 s
 *
 * Thirteen numbers of the envelope: l of the trimmed and of the full duration, of the attack (first block above −20 dB to the peak), of the
 * centre of energy; the centre over the number of blocks; l of the time above −20 and −40 dB, of the time from the peak to the first block
 * below −20 and −40 dB; crest, 20·log₁₀(peak/RMS); 10·log₁₀ of the energy of the second half of the blocks over the first; share of blocks
 * above −20 dB; l of the silence before. Four of the level: RMS and peak in dB; 100·|mean|, 1 at most; √(share of |y| > .98·peak).
 */
export function envelope(kernels: Kernels, part: SoundingPart, profile: SoundDefinition): { envelope: number[]; level: number[] } {
  const { sampleRate, envelope: rule } = profile;
  const { rms, blocks, nearPeakSamples } = energies(kernels, part, rule.blockSamples);
  const r = blocks.length >= rule.smoothedBlocks ? smoothed(blocks) : blocks;
  const count = r.length;
  const half = count >> 1;
  const greatest = r.reduce((most, value) => Math.max(most, value), 0);
  const peakBlock = r.indexOf(greatest);
  const db = (b: number) => 20 * Math.log10(r[b]! / greatest + 1e-12);
  let [first, above20, above40, energy, moment, firstHalf] = [-1, 0, 0, 0, 0, 0];
  let [faded20, faded40] = [count, count];
  for (let b = 0; b < count; b++) {
    const level = db(b);
    if (level > -20) above20++;
    if (level > -40) above40++;
    if (level > -20 && first < 0) first = b;
    if (b >= peakBlock && level < -20 && faded20 === count) faded20 = b;
    if (b >= peakBlock && level < -40 && faded40 === count) faded40 = b;
    const square = r[b]! ** 2;
    energy += square;
    moment += b * square;
    if (b < half) firstHalf += square;
  }
  const center = moment / energy;
  const seconds = (blockCount: number) => blockCount / rule.blocksPerSecond;
  const balance = (energy - firstHalf) / (count - half) / (firstHalf / half);
  return {
    envelope: [
      logTime(part.source.sampleCount / sampleRate),
      logTime(part.wholeSamples / sampleRate),
      logTime(seconds(peakBlock - first)),
      logTime(seconds(center)),
      center / count,
      logTime(seconds(above20)),
      logTime(seconds(above40)),
      logTime(seconds(faded20 - peakBlock)),
      logTime(seconds(faded40 - peakBlock)),
      20 * Math.log10((part.peak + 1e-9) / (rms + 1e-9)),
      10 * Math.log10(balance + 1e-6),
      above20 / count,
      logTime(part.leadingSamples / sampleRate),
    ],
    level: [
      20 * Math.log10(rms + 1e-9),
      20 * Math.log10(part.peak + 1e-9),
      Math.min(1, 100 * Math.abs(part.mean)),
      Math.sqrt(nearPeakSamples / part.source.sampleCount),
    ],
  };
}

function logTime(seconds: number): number {
  return Math.log2(seconds + 0.005);
}

/** The RMS of the part, of each whole block of it, and how many samples are near the peak. */
function energies(
  { run, arena }: Kernels,
  { source, peak }: SoundingPart,
  blockSamples: number,
): { rms: number; blocks: Float32Array; nearPeakSamples: number } {
  const wholeBlocks = Math.floor(source.sampleCount / blockSamples);
  const blocks = new Float32Array(wholeBlocks);
  let square = 0;
  let nearPeakSamples = 0;
  arena.scoped(() => {
    const [pcm, out] = [arena.take(4 * blocksAtOnce * blockSamples), arena.take(8 * blocksAtOnce)];
    const samples = arena.f32(pcm, blocksAtOnce * blockSamples);
    const sums = arena.f64(out, blocksAtOnce);
    const near = nearPeak * peak;
    for (let block = 0; block * blockSamples < source.sampleCount; block += blocksAtOnce) {
      readPadded(source, block * blockSamples, samples);
      run.blockEnergies(pcm, blocksAtOnce, blockSamples, out);
      for (let b = 0; b < blocksAtOnce; b++) {
        square += sums[b]!;
        if (block + b < wholeBlocks) blocks[block + b] = Math.sqrt(sums[b]! / blockSamples + 1e-12);
      }
      nearPeakSamples += run.countBeyond(pcm, samples.length, near);
    }
  });
  return { rms: Math.sqrt(square / source.sampleCount), blocks, nearPeakSamples };
}

function smoothed(values: Float32Array): Float32Array {
  return values.map((value, i) => ((values[i - 1] ?? 0) + value + (values[i + 1] ?? 0)) / 3);
}
