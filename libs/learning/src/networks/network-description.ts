import { z } from 'zod';
import { networkLayers } from './layers.js';
import { preparationChoice } from './preparation-table.js';

/** A network as its artifact keeps it: all that scoring needs beside weights and labels. */
export const networkDescription = z.strictObject({
  layers: networkLayers,
  /** Of what the preparation gives: [frames, rows], [frames, rows, channels] or [columns]. */
  input: z.array(z.int().min(1)).min(1).max(3),
  preparation: preparationChoice,
});

export type NetworkDescription = z.input<typeof networkDescription>;
