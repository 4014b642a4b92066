import { type Kernels, kernels } from './kernels.js';
import { realQuadTables } from './real-quad-tables.js';

/** A filter without phase that works on blocks by FFT, and may change the rate by a power of two. */
export interface BlockFilter {
  /** Samples of a block, a power of two. */
  inSize: number;
  /** Samples that become of it, a power of two. */
  outSize: number;
  /** H[k] at k·(input rate)/inSize, at most min(inSize, outSize)/2 values; 0 from there on. */
  response: Float32Array;
  /** Samples of a block's result that are kept, at least 4, from `firstKept` on. */
  firstKept: number;
  keptCount: number;
}

/** Blocks that go through the kernel together. */
export const blocksAtOnce = 4;

/**
 * Filters four blocks that begin `hop` samples apart, and puts what is kept of them one after the other into `out`. What a block gives
 * does not depend on the three beside it. `input` holds 3·hop + inSize samples.
 */
export function filterBlocks(
  { inSize, outSize, response, firstKept, keptCount }: BlockFilter,
  input: Float32Array,
  hop: number,
  out: Float32Array,
  owner: Kernels = kernels(),
): void {
  const { arena, run } = owner;
  const [inTables, outTables] = [realQuadTables(owner, inSize), realQuadTables(owner, outSize)];
  arena.scoped(() => {
    const inputLength = (blocksAtOnce - 1) * hop + inSize;
    const pcm = arena.takeTable(input.subarray(0, inputLength));
    const weights = arena.takeTable(response);
    const work = arena.take(16 * inSize + 32 * response.length + 16 * outSize);
    const result = arena.take(4 * blocksAtOnce * keptCount);
    run.filterBlocks(pcm, hop, inSize, inTables, weights, response.length, outSize, outTables, firstKept, keptCount, work, result);
    out.set(arena.f32(result, blocksAtOnce * keptCount));
  });
}
