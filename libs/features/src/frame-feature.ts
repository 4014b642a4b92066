import type { FrameBlock } from './spectrogram.js';

/** A feature with a fixed number of rows for each frame. It takes its tables and scratch from the arena when it is made. */
export interface FrameFeature {
  readonly rows: number;
  /** `again`: it needs what the first pass learns of the whole clip (the loudest band, the tuning), so it waits for the second. */
  readonly pass: 'first' | 'again';
  /** Writes `rows` values a frame to `out`, as quads. */
  measure(block: FrameBlock, out: number): void;
}
