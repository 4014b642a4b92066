import { z } from 'zod';

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

const clipIdsShape = {
  clipIds: z.array(z.uuid()).min(1).max(10_000).meta({ description: 'The same clip may stand several times' }),
  customIds: z
    .array(z.string().min(1).max(255))
    .max(10_000)
    .optional()
    .meta({ description: 'Your own name for each item, as many as there are clips' }),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .optional()
    .meta({ description: 'Anything you want to find again on the job' }),
};

/** Asking for work on clips that are stored already, with the options of that work. */
export function clipIdsRequestWith<Options extends z.ZodRawShape>(options: Options) {
  return z
    .strictObject({ ...clipIdsShape, ...options })
    .refine(
      ({ clipIds, customIds }: { clipIds?: unknown; customIds?: unknown }) =>
        !Array.isArray(customIds) || (Array.isArray(clipIds) && customIds.length === clipIds.length),
      {
        path: ['customIds'],
        message: 'must have as many entries as clipIds',
      },
    );
}

export const clipIdsRequest = clipIdsRequestWith({});
export type ClipIdsRequest = z.output<typeof clipIdsRequest>;
