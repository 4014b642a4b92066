import { z } from 'zod';
import { mask } from '../../networks/masks.js';
import type { Prepare } from '../../networks/preparations.js';
import { Random } from '../../random.js';
import { pieceOf, soundInput } from './sound-input.js';

const soundOptions = z.strictObject({
  /** Frames of the pieces that it learns from. */
  crop: z.int().min(1),
  masks: z.boolean(),
});

/** Options of the preparation `sounds@1`: a whole clip in service, a piece of it with masks while the network learns. */
export function soundPreparation(options: unknown): Prepare {
  const { crop, masks } = soundOptions.parse(options);
  return (row, shape, occasion) => {
    const bands = shape[0]!;
    const input = soundInput(row, bands);
    if (occasion === null) return input;
    const piece = pieceOf(input, bands, crop, new Random(occasion.seed, 'piece', occasion.epoch, occasion.row));
    if (masks) mask(piece, bands, occasion);
    return piece;
  };
}
