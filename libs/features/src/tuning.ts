import type { Kernels } from '@earshot/kernels';
import { blocksOf, median } from './median.js';
import { type FrameBlock, type FrameRule, framesPerBlock } from './spectrogram.js';
import type { Spool } from './spool.js';

const minHz = 150;
const maxHz = 4000;
const stepCount = 100;
/** The step of a clip that is tuned to A = 440 Hz. */
export const untunedStep = stepCount / 2;
/** Bins whose powers differ by less than this share are compared by librosa's own magnitudes. */
const doubt = 2e-6;
const edges = Float64Array.from({ length: stepCount + 1 }, (_, i) => -0.5 + i * (1 / stepCount));
const valuesAtOnce = 1 << 15;

/**
 * How far a clip is tuned from A = 440 Hz, in steps of a hundredth of a semitone.
 *
 *     r = frac(12·log₂(pitch / 27.5)), less 1 when r ≥ ½        tuning = left edge of the fullest of 100 bins of r in [−½, ½)
 *
 * Over the spectral peaks between 150 and 4000 Hz (kernel `quadPeaks`) whose height is at least the median height of the whole clip;
 * the first of equally full bins; 0 without any peak. f32 where numpy has f32. `survey` collects in the first pass, `step` returns
 * after it. Reference: librosa 0.11 `estimate_tuning(S=P)`.
 */
export class Tuning {
  private readonly firstBin: number;
  private readonly endBin: number;
  private readonly out: number;

  constructor(
    private readonly kernels: Kernels,
    private readonly sampleRate: number,
    private readonly rule: FrameRule,
    private readonly peaks: Spool,
  ) {
    const { fftSize } = rule;
    const binHz = sampleRate / fftSize;
    this.firstBin = Math.max(1, Math.ceil(minHz / binHz));
    this.endBin = Math.min(fftSize / 2, Math.ceil(Math.min(maxHz, sampleRate / 2) / binHz));
    this.out = kernels.arena.take(8 * framesPerBlock * (fftSize / 4 + 2));
  }

  survey(block: FrameBlock): void {
    const quadBytes = 16 * (this.rule.fftSize / 2 + 1);
    let count = 0;
    for (let quad = 0; quad < block.quadCount; quad++) {
      const out = this.out + 8 * count;
      const found = this.peaksOf(block.magnitude + quad * quadBytes, doubt, out);
      count += found >= 0 ? found : this.peaksOf(block.exactQuad(quad), 0, out);
    }
    this.peaks.append(this.kernels.arena.f32(this.out, 2 * count));
  }

  private peaksOf(magnitude: number, doubt: number, out: number): number {
    const { fftSize } = this.rule;
    return this.kernels.run.quadPeaks(magnitude, fftSize / 2 + 1, this.firstBin, this.endBin, this.sampleRate / fftSize, doubt, out);
  }

  /** Which of the 100 steps: the tuning is −½ + step/100 semitones. */
  step(): number {
    const { peaks, kernels } = this;
    if (peaks.length === 0) return untunedStep;
    const atOnce = Math.min(valuesAtOnce, peaks.length);
    const forEachBlock = blocksOf(peaks, kernels.arena.f32(kernels.arena.take(4 * atOnce), atOnce));
    const least = median({ length: peaks.length / 2, forEachBlock: (visit) => forEachBlock((block) => visit(block, 2)) });
    const histogram = new Uint32Array(stepCount);
    const [steps, leastPattern] = [cells(), patternOf(least)];
    forEachBlock((block) => {
      const patterns = new Uint32Array(block.buffer, block.byteOffset, block.length);
      for (let i = 0; i < block.length; i += 2) {
        const isHigh = (leastPattern - 1 - patterns[i]!) >>> 31; // 1 or 0: a branch that nobody can foretell would cost more than the step
        const step = steps[(patterns[i + 1]! >>> cellBits) - firstCell] ?? unknown;
        histogram[step === unknown ? stepOf(block[i + 1]!) : step]! += isHigh;
      }
    });
    return histogram.indexOf(Math.max(...histogram));
  }
}

/** The tuning of a step, in semitones. */
export function tuningOf(step: number): number {
  return edges[step]!;
}

/** Pitches of one cell have the first 14 bits of their fraction in common; from 64 Hz on, eight octaves. */
const cellBits = 9;
const firstCell = patternOf(64) >>> cellBits;
const cellCount = (patternOf(16_384) >>> cellBits) - firstCell;
const unknown = 255;
let madeCells: Uint8Array | undefined;

/** The step of each cell of pitches; `unknown` where one step ends and another begins, which is one of fourteen. */
function cells(): Uint8Array {
  madeCells ??= Uint8Array.from({ length: cellCount }, (_, cell) => {
    const first = (firstCell + cell) << cellBits;
    const step = stepOf(pitchOf(first));
    return step === stepOf(pitchOf(first + (1 << cellBits) - 1)) ? step : unknown;
  });
  return madeCells;
}

function stepOf(pitch: number): number {
  const semitones = Math.fround(12 * Math.fround(log2(Math.fround(pitch / 27.5))));
  let residual = Math.fround(semitones - Math.floor(semitones));
  if (residual >= 0.5) residual = Math.fround(residual - 1);
  let step = Math.min(stepCount - 1, Math.floor((residual + 0.5) * stepCount));
  while (residual < edges[step]!) step--;
  while (step < stepCount - 1 && residual >= edges[step + 1]!) step++;
  return step;
}

const logs = Float64Array.from({ length: 4097 }, (_, i) => Math.log2(1 + i / 4096));
const float = new Float32Array(1);
const pattern = new Int32Array(float.buffer);

/** log₂ of a normal f32 to 1e-8, a tenth of the rounding that follows, in a third of the time of `Math.log2`. */
function log2(value: number): number {
  float[0] = value;
  const bits = pattern[0]!;
  const i = (bits >> 11) & 4095;
  return (bits >> 23) - 127 + logs[i]! + (logs[i + 1]! - logs[i]!) * ((bits & 2047) / 2048);
}

function patternOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]!;
}

function pitchOf(bits: number): number {
  pattern[0] = bits;
  return float[0]!;
}
