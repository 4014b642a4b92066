import { keepRealQuadTables } from './fft-tables.js';
import type { Kernels } from './kernels.js';

const kept = new WeakMap<Kernels, Map<number, number>>();

/** The tables of the real FFT of four sequences of `size` samples: made once for each memory, for sizes are few. */
export function realQuadTables(owner: Kernels, size: number): number {
  const ofOwner = kept.get(owner) ?? new Map<number, number>();
  kept.set(owner, ofOwner);
  const pointer = ofOwner.get(size) ?? keepRealQuadTables(owner.arena, size);
  ofOwner.set(size, pointer);
  return pointer;
}
