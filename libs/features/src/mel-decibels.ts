import { EarshotError } from '@earshot/contracts';
import type { Kernels } from '@earshot/kernels';
import type { MelRule } from './mel-bank.js';
import { type FrameBlock, framesPerBlock } from './spectrogram.js';

/** No finite f32 power reaches this. */
const overflowDb = 385.3;

/**
 * The mel spectrogram of a clip in dB, before it is raised to `floorDb`.
 *
 *     db[t,b] = 10·log₁₀(max(1e-10, Σₖ weight[b,k]·S[t,k]²))        floorDb = max over the whole clip − topDb
 *
 * Log-mel, MFCC and onset strength begin with it. The floor is known after the first pass, hence two. `resident`: the first pass keeps
 * the values; else the second one computes them again from the magnitudes. Reference: librosa 0.11 `feature.melspectrogram`, `power_to_db`.
 */
export class MelDecibels {
  private maximumDb = -100;
  private readonly kept: number[] = [];
  private readonly bank: number;
  private readonly buffer: number;
  private inBuffer: FrameBlock | undefined;

  constructor(
    private readonly kernels: Kernels,
    bank: Uint32Array,
    private readonly binCount: number,
    readonly rule: MelRule,
    private readonly resident: boolean,
  ) {
    this.bank = kernels.arena.takeTable(bank);
    this.buffer = resident ? 0 : kernels.arena.take(this.bytesOf(framesPerBlock / 4));
  }

  get floorDb(): number {
    return this.maximumDb - this.rule.topDb;
  }

  /** The first pass. `visit` gets the pointer to the block's powers, `bands` rows as quads, before they are in dB. */
  survey(block: FrameBlock, visit?: (powers: number) => void): void {
    const out = this.resident ? this.kernels.arena.take(this.bytesOf(block.quadCount)) : this.buffer;
    this.maximumDb = Math.max(this.maximumDb, this.compute(block, out, visit));
    if (this.maximumDb > overflowDb) throw new EarshotError('FEATURE_NOT_COMPUTABLE', 'mel spectrogram: the samples are too large for f32');
    if (this.resident) this.kept.push(out);
  }

  /** The second pass: pointer to the block's values, `bands` rows as quads. */
  at(block: FrameBlock): number {
    if (this.resident) return this.kept[block.index]!;
    if (this.inBuffer !== block) this.compute(block, this.buffer);
    this.inBuffer = block;
    return this.buffer;
  }

  private compute({ magnitude, quadCount }: FrameBlock, out: number, visit?: (powers: number) => void): number {
    const { run } = this.kernels;
    run.quadMel(magnitude, quadCount, this.binCount, this.bank, this.rule.bands, out);
    visit?.(out);
    return run.decibels(out, quadCount * this.rule.bands * 4);
  }

  private bytesOf(quadCount: number): number {
    return 16 * this.rule.bands * quadCount;
  }
}
