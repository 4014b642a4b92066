import { type CoarseTable, type InterpolationTable, interpolate, interpolateBetween } from '@earshot/kernels';
import { SampleQueue } from './sample-queue.js';
import type { Stage } from './stage.js';

/** A poly-phase filter. */
export interface InterpolationPlan {
  table: InterpolationTable | CoarseTable;
  leadSamples: number;
  /** Where the first output lies, in phases of the table (2^−32 of a sample for a coarse one). */
  start: number;
}

export class InterpolationStage implements Stage {
  readonly input: SampleQueue;
  private position: number;

  constructor(private readonly plan: InterpolationPlan) {
    this.input = new SampleQueue(plan.leadSamples);
    this.position = plan.start;
  }

  run(output: SampleQueue): void {
    const { table } = this.plan;
    const places = this.input.length - (table.tapCount - 1);
    if (places <= 0) return;
    const phases = 'phaseCount' in table ? table.phaseCount : 2 ** 32;
    const count = stepsBelow(places * phases - this.position, table.step);
    const out = output.extend(count);
    if ('phaseCount' in table) interpolate(this.input.view(), table, this.position, out);
    else interpolateBetween(this.input.view(), table, this.position, out);
    const next = this.position + count * table.step;
    this.input.drop(Math.floor(next / phases));
    this.position = next % phases;
  }
}

/** How many of 0, step, 2·step … are below `limit`: exact for integers below 2^53. */
function stepsBelow(limit: number, step: number): number {
  let count = Math.max(0, Math.floor(limit / step));
  while (count > 0 && (count - 1) * step >= limit) count--;
  while (count * step < limit) count++;
  return count;
}
