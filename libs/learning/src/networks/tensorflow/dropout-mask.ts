import type { Moment } from '../engine.js';
import type { LayerOf } from '../layers.js';
import { channelsOf, type PlannedLayer, sizeOf } from '../plan.js';
import { dropoutKey } from '../wasm/small-layers.js';

/** What the values of a layer are multiplied by, 0 or 1/keep: the twin of `dropRow` (libs/kernels/assembly/networks/dropout.ts). */
export function dropoutMask({ index, layer, output }: PlannedLayer, rows: number, moment: Moment): Float32Array {
  const { rate, of } = layer as LayerOf<'dropout'>;
  const keep = Math.fround(1 - rate);
  const limit = Math.floor(keep * 4294967295);
  const count = sizeOf(output);
  const period = of === 'channels' ? channelsOf(output) : count;
  const mask = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    const key = dropoutKey(index, row, moment);
    for (let i = 0; i < count; i++) mask[row * count + i] = mix((i % period) ^ key) <= limit ? 1 / keep : 0;
  }
  return mask;
}

function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
