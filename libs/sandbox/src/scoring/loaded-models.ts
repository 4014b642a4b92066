// In a child: the models that it used last stay loaded, so that only the first call of a version pays for reading it.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { EarshotError } from '@earshot/contracts';
import { openModel, type Scorer } from '@earshot/learning';
import type { ModelFile } from './model-file.js';

const mostModels = 8;
const mostBytes = 64 * 2 ** 20;

/** The one that was used last stands last. */
const loaded = new Map<string, { scorer: Scorer; sizeBytes: number }>();

/** The model, loaded. It belongs to the child: nobody else closes it. */
export async function loadedModel({ path, sha256 }: ModelFile): Promise<Scorer> {
  const known = loaded.get(sha256);
  if (known !== undefined) {
    loaded.delete(sha256);
    loaded.set(sha256, known);
    return known.scorer;
  }
  const bytes = await artifactOf(path, sha256);
  const scorer = await openModel(bytes);
  loaded.set(sha256, { scorer, sizeBytes: bytes.length });
  dropOldest();
  return scorer;
}

async function artifactOf(path: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new EarshotError('BLOB_LOST', `The artifact ${sha256} cannot be read`, { cause: error });
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new EarshotError('BLOB_LOST', `The artifact ${sha256} has other bytes`);
  return bytes;
}

/** The newest stays whatever its size. */
function dropOldest(): void {
  let totalBytes = 0;
  for (const { sizeBytes } of loaded.values()) totalBytes += sizeBytes;
  for (const [sha256, { scorer, sizeBytes }] of loaded) {
    if (loaded.size === 1 || (loaded.size <= mostModels && totalBytes <= mostBytes)) return;
    loaded.delete(sha256);
    scorer.close();
    totalBytes -= sizeBytes;
  }
}
