import { BlockFilter } from '@earshot/kernels';
import { SampleQueue } from './sample-queue.js';
import type { Stage } from './stage.js';

/** A low-pass by FFT that changes the rate by up/down on the way. */
export interface FilterPlan {
  filter: BlockFilter;
  tapCount: number;
  up: number;
  down: number;
  /** Points of a block. */
  size: number;
}

export function filterPlan(taps: Float64Array, up: number, down: number): FilterPlan {
  const size = 2 ** Math.max(10, Math.min(17, Math.trunc(Math.log(taps.length) / Math.log(2) + 2.77)));
  return { filter: new BlockFilter({ size, taps, up, down }), tapCount: taps.length, up, down, size };
}

/** Overlap-save, block by block as soxr does it: where a whole block is silence both give zeros, elsewhere the same rounding noise. */
export class FilterStage implements Stage {
  readonly input: SampleQueue;
  /** Where in a block the first sample lies, when zeros are put between the samples. */
  private offset: number;
  /** How many of a block's samples are passed over before the next one that is kept. */
  private skip = 0;

  constructor(private readonly plan: FilterPlan) {
    const peak = plan.tapCount >> 1;
    this.input = new SampleQueue(Math.floor(peak / plan.up));
    this.offset = peak % plan.up;
  }

  run(output: SampleQueue): void {
    const { filter, tapCount, up, size } = this.plan;
    const fresh = size - (tapCount - 1);
    for (;;) {
      const needed = Math.ceil((size - this.offset) / up);
      if (this.input.length < needed) return;
      this.keep(filter.apply(this.input.view().subarray(0, needed), this.offset), fresh, output);
      const room = fresh - this.offset + up - 1;
      this.input.drop(Math.floor(room / up));
      this.offset = up - 1 - (room % up);
    }
  }

  private keep(block: Float32Array, fresh: number, output: SampleQueue): void {
    const { size, down } = this.plan;
    if (block.length < size)
      output.append(block.subarray(0, block.length - Math.floor((size - fresh) / down))); // a cut spectrum
    else if (down === 1) output.append(block.subarray(0, fresh));
    else {
      const kept = output.extend(Math.max(0, Math.ceil((fresh - this.skip) / down)));
      let at = this.skip;
      for (let i = 0; i < kept.length; i++, at += down) kept[i] = block[at]!;
      this.skip = at - fresh;
    }
  }
}
