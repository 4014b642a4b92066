import { z } from 'zod';
import { page } from './page.js';

export const clip = z
  .object({
    id: z.uuid(),
    filename: z.string().meta({ description: 'As sent by the client, normalised; never used as a path' }),
    sizeBytes: z.int().nonnegative(),
    sha256: z.string().meta({ description: 'Hash of the bytes, hexadecimal; equal bytes are stored once' }),
    createdAt: z.iso.datetime(),
    links: z.object({ self: z.string(), audio: z.string() }),
  })
  .meta({ id: 'Clip' });

export type ClipResource = z.output<typeof clip>;

export const clipUpload = z.object({ items: z.array(clip).meta({ description: 'In the order of the files' }) }).meta({ id: 'ClipUpload' });

export const clipPage = page(clip);

/** One line of an `application/jsonl` body. */
export const clipLine = z.strictObject({ clipId: z.uuid(), customId: z.string().min(1).max(255).optional() });
