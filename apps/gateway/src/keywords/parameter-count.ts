import { buffer } from 'node:stream/consumers';
import { EarshotError } from '@earshot/contracts';
import type { BlobRef, BlobStore } from '@earshot/storage';
import { z } from 'zod';

const longestHeader = 1_000_000;
const tensor = z.object({ shape: z.array(z.int().nonnegative()) });

/** How many numbers a model's artifact holds, by its header alone: of each tensor that says the shape. */
export async function parameterCount(store: BlobStore, artifact: BlobRef): Promise<number> {
  const length = Number((await bytesOf(store, artifact, 0, 8)).readBigUInt64LE());
  if (length > longestHeader) throw new EarshotError('MODEL_INVALID', `The artifact has a header of ${length} bytes`);
  const { __metadata__: _, ...tensors } = Object(JSON.parse((await bytesOf(store, artifact, 8, length)).toString('utf8')));
  const sizes = Object.values(tensors).map((entry) => tensor.parse(entry).shape.reduce((size, length) => size * length, 1));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function bytesOf(store: BlobStore, artifact: BlobRef, from: number, length: number): Promise<Buffer> {
  return buffer(await store.read(artifact, { start: from, end: from + length - 1 }));
}
