import type { Limits } from '../pool/function-table.js';

const thinBytes = 30_000_000;

/**
 * What one call on a clip may use up. Headers lie about durations, so time is granted by the bytes that were really sent: 10 s, 6 s for
 * each of the first 30 MB, 1 s for each MB after them. Thin speech needs the six: three hours of Opus at 16 kbit/s are 25 MB, and 38 s
 * of processor time until all profiles have their vectors. 50 kB end after 10 s whatever they hold.
 */
export function clipLimits(sizeBytes: number, { outputBytes = 1_000_000 } = {}): Limits {
  return { wallClockMs: 10_000 + sizeBytes / 1000 + Math.min(sizeBytes, thinBytes) / 200, memoryMb: 512, outputBytes };
}
