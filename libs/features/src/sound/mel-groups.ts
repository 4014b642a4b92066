import { framesPerBlock } from '../spectrogram.js';
import type { SoundDefinition } from './sound-profile.js';

const flatnessFloor = 1e-10;
const groupFloor = 1e-12;
/** Bands whose powers are multiplied before a logarithm is taken: 1e-10 sixteen times is well above the smallest f64. */
const bandsAtOnce = 16;

/**
 * Groups of neighbouring mel bands: how loud each becomes, and how fast it fades.
 *
 *     D[t,g] = 10·log₁₀ max(Σ_{b in g} M[t,b], 1e-12)        peak[g] = max_t D[t,g]
 *     level[g] = max(peak[g] − max_g peak, −rangeDb)
 *     decay[g] = log₂(s + .005), s = seconds from the first frame at the peak to the first one more than decayDb below it, else to the end
 *
 * And of each frame log₁₀(flatness + 1e-6) of M, as of the power.
 */
export class MelGroups {
  /** log₁₀(flatness + 1e-6) of each frame of the block. */
  readonly flatness = new Float64Array(framesPerBlock);
  private frame = 0;
  private readonly peaks: Float64Array;
  private readonly peakFrames: Float64Array;
  /** The first frame that is lower than the peak by `decayDb`; −1: none so far. */
  private readonly fadedFrames: Float64Array;

  constructor(
    private readonly bands: number,
    private readonly rule: SoundDefinition['bandGroups'],
    private readonly framesPerSecond: number,
  ) {
    const groups = bands / rule.bands;
    this.peaks = new Float64Array(groups).fill(Number.NEGATIVE_INFINITY);
    this.peakFrames = new Float64Array(groups);
    this.fadedFrames = new Float64Array(groups).fill(-1);
  }

  /** `mel`: the powers of `frameCount` frames, as quads. */
  measure(mel: Float32Array, frameCount: number): void {
    const { bands, rule, peaks, peakFrames, fadedFrames } = this;
    for (let t = 0; t < frameCount; t++, this.frame++) {
      const at = (t >> 2) * bands * 4 + (t & 3);
      let logs = 0;
      let sum = 0;
      let product = 1;
      let group = 0;
      for (let b = 0, g = 0; b < bands; b++) {
        const power = mel[at + 4 * b]!;
        sum += power;
        group += power;
        product *= power + flatnessFloor;
        if ((b + 1) % bandsAtOnce === 0) {
          logs += Math.log(product);
          product = 1;
        }
        if ((b + 1) % rule.bands > 0) continue;
        const db = 10 * Math.log10(Math.max(group, groupFloor));
        if (db > peaks[g]!) {
          peaks[g] = db;
          peakFrames[g] = this.frame;
          fadedFrames[g] = -1;
        } else if (fadedFrames[g]! < 0 && db < peaks[g]! - rule.decayDb) fadedFrames[g] = this.frame;
        group = 0;
        g++;
      }
      this.flatness[t] = Math.log10(Math.exp(logs / bands) / (sum / bands + flatnessFloor) + 1e-6);
    }
  }

  levels(): Float64Array {
    const most = Math.max(...this.peaks);
    return this.peaks.map((peak) => Math.max(peak - most, -this.rule.rangeDb));
  }

  decays(): Float64Array {
    return this.peakFrames.map((peak, g) => {
      const faded = this.fadedFrames[g]!;
      return Math.log2(((faded < 0 ? this.frame : faded) - peak) / this.framesPerSecond + 0.005);
    });
  }
}
