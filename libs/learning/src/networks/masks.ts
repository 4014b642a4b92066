import { Random } from '../random.js';
import type { Occasion } from './preparations.js';

const masksOfEach = 2;
const widestShare = 1 / 8;

/** Two runs of bands and two of frames of [frames, bands] become 0, in place (SpecAugment, Park et al. 2019). */
export function mask(values: Float32Array, bands: number, { seed, epoch, row }: Occasion): void {
  const random = new Random(seed, 'masks', epoch, row);
  const frames = values.length / bands;
  for (let i = 0; i < masksOfEach; i++) {
    const [band, bandEnd] = runOf(random, 4 * i, bands);
    for (let t = 0; t < frames; t++) values.fill(0, t * bands + band, t * bands + bandEnd);
    const [frame, frameEnd] = runOf(random, 4 * i + 2, frames);
    values.fill(0, frame * bands, frameEnd * bands);
  }
}

function runOf(random: Random, index: number, length: number): [first: number, end: number] {
  const width = random.below(index, Math.floor(length * widestShare) + 1);
  const first = random.below(index + 1, length - width + 1);
  return [first, first + width];
}
