import type { NetworkKernels } from '@earshot/kernels';
import type { Moment } from '../engine.js';

/** What the layers of one network share: kernels, the copies of weights and gradient in their memory, and how many rows they are made for. */
export interface WasmSpace {
  readonly kernels: NetworkKernels;
  readonly maxRows: number;
  /** Of the vector of weights; a weight stands at weights + 4·offset, its gradient at gradient + 4·offset. */
  readonly weights: number;
  readonly gradient: number;
  readonly statistics: number;
  readonly batchStatistics: number;
  readonly isTraining: boolean;
  readonly scratch: Scratch;
}

/** Memory that the layers use one after the other, as much as the one that wants most. Taken when all have said what they want. */
export class Scratch {
  pointer = 0;
  private most = 0;

  /** In values. */
  want(count: number): void {
    this.most = Math.max(this.most, count);
  }

  take(space: WasmSpace): void {
    if (this.most > 0) this.pointer = keepFloats(space, this.most);
  }
}

/** One layer in the kernels' memory. Its input is another layer's output, and stays there until the way back. */
export interface WasmLayer {
  /** Where its output stands. */
  readonly output: number;
  /** Called when the weights have changed. */
  load?(): void;
  forward(rows: number, moment: Moment | null): void;
  /** Adds to the gradient of its weights. `d` is the gradient of its output and may be overwritten; that of its input goes to `dx`, unless it is 0. Returns where it is. */
  backward(rows: number, d: number, dx: number, moment: Moment): number;
}

export const bytesOfFloat = 4;

/** Memory for so many values that stays zero where nothing is written, with room for kernels that read a little too far. */
export function keepFloats({ kernels: { arena } }: WasmSpace, count: number): number {
  const pointer = arena.keep(bytesOfFloat * (count + 8));
  arena.f32(pointer, count + 8).fill(0);
  return pointer;
}

export function keepIntegers({ kernels: { arena } }: WasmSpace, values: readonly number[]): number {
  const pointer = arena.keep(bytesOfFloat * values.length);
  arena.i32(pointer, values.length).set(values);
  return pointer;
}
