import type { Spool } from './spool.js';

const digits = [
  { shift: 20, bits: 11 },
  { shift: 9, bits: 11 },
  { shift: 0, bits: 9 },
] as const;
const counts = new Uint32Array(2048);

/** A list of non-negative f32 that can be gone through more than once. */
export interface Values {
  readonly length: number;
  forEachBlock(visit: (values: Float32Array, stride: number) => void): void;
}

/**
 * The median of many non-negative f32, exactly, without holding or sorting them: the order of such numbers is that of their bits, so
 * the middle one is found digit by digit (11, 11 and 9 bits), with one reading for each digit. Of an even count it is the mean of the
 * two middle values, in f32. Reference: `numpy.median`.
 */
export function median(list: Values): number {
  const rank = (list.length - 1) >> 1;
  let prefix = 0; // the digits found so far
  let below = 0; // values that are smaller than any number with this prefix
  let equal = 0;
  for (const { shift, bits } of digits) {
    counts.fill(0);
    const mask = (1 << bits) - 1;
    const wanted = prefix >>> (shift + bits);
    list.forEachBlock((values, stride) => {
      const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
      for (let i = 0; i < patterns.length; i += stride) {
        const pattern = patterns[i]!;
        if (pattern >>> (shift + bits) === wanted) counts[(pattern >>> shift) & mask]!++;
      }
    });
    let digit = 0;
    while (below + counts[digit]! <= rank) below += counts[digit++]!;
    prefix |= digit << shift;
    equal = counts[digit]!;
  }
  const lower = floatOf(prefix);
  if (list.length % 2 === 1 || below + equal > rank + 1) return lower;
  let upper = Number.POSITIVE_INFINITY;
  list.forEachBlock((values, stride) => {
    for (let i = 0; i < values.length; i += stride) if (values[i]! > lower && values[i]! < upper) upper = values[i]!;
  });
  return Math.fround(Math.fround(lower + upper) / 2);
}

/**
 * Goes through a spool as often as it is called, as much at a time as `buffer` holds (a multiple of the stride of what is in it). A spool
 * of one block is read once.
 */
export function blocksOf(spool: Spool, buffer: Float32Array): (visit: (values: Float32Array) => void) => void {
  let inBuffer = -1;
  return (visit) => {
    for (let start = 0; start < spool.length; start += buffer.length) {
      const block = buffer.subarray(0, spool.length - start);
      if (inBuffer !== start) spool.read(start, block);
      inBuffer = start;
      visit(block);
    }
  };
}

function floatOf(pattern: number): number {
  return new Float32Array(Uint32Array.of(pattern).buffer)[0]!;
}
