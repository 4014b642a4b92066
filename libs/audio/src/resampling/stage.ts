import type { SampleQueue } from './sample-queue.js';

/** One step on the way from one rate to another, for one channel. */
export interface Stage {
  readonly input: SampleQueue;
  /** Makes all that its input suffices for. */
  run(output: SampleQueue): void;
}
