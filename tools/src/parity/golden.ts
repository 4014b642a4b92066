import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const vector = z.object({ vector: z.array(z.number()), nonSilent: z.array(z.tuple([z.number(), z.number()])).optional() });
const matrix = z.object({
  shape: z.tuple([z.number(), z.number()]),
  mean: z.number(),
  std: z.number(),
  rowMeans: z.array(z.number()),
  columns: z.record(z.string(), z.array(z.number())),
});
const clip = z.object({
  file: z.string(),
  sampleRate: z.number(),
  talent37: vector,
  electro45: vector,
  logmel128: matrix,
  mfcc49x40: matrix,
});
const golden = z.object({
  columns: z.object({ talent37: z.array(z.string()), electro45: z.array(z.string()) }),
  clips: z.record(z.string(), clip),
});

export type GoldenMatrix = z.output<typeof matrix>;

/** Where the golden clips are: libs/features/golden, made by make_golden.py there. */
export const goldenFolder = fileURLToPath(new URL('../../../libs/features/golden/', import.meta.url));

export function readGolden(): z.output<typeof golden> {
  return golden.parse(JSON.parse(readFileSync(`${goldenFolder}golden.json`, 'utf8')));
}
