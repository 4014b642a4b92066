import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isAudio } from './is-audio.js';
import type { SourceFile } from './labels.js';

/** What one request brings at most. */
const batchFiles = 100;
const batchBytes = 64_000_000;

/** Files for one request each, always the same ones in the same order; what is no audio is passed over. */
export async function* batchesOf<File extends SourceFile>(files: readonly File[], passOver: (file: File) => void): AsyncGenerator<File[]> {
  let batch: File[] = [];
  let sizeBytes = 0;
  for (const file of files) {
    if (!(await isAudio(file.at))) {
      passOver(file);
      continue;
    }
    const { size } = await stat(file.at);
    if (batch.length === batchFiles || (batch.length > 0 && sizeBytes + size > batchBytes)) {
      yield batch;
      [batch, sizeBytes] = [[], 0];
    }
    batch.push(file);
    sizeBytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** The files with fields in JSON. */
export async function formOf(batch: readonly SourceFile[], fields: Readonly<Record<string, unknown>>): Promise<FormData> {
  const form = new FormData();
  for (const { at, path } of batch) form.append('file', await openAsBlob(at), basename(path));
  for (const [name, value] of Object.entries(fields)) form.append(name, JSON.stringify(value));
  return form;
}

/** An idempotency key made of all that a batch says: the server takes none twice that it took within a day. */
export async function keyOf(batch: readonly SourceFile[], fields: Readonly<Record<string, unknown>>, place: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([place, batch.map(({ path }) => path), fields]));
  for (const { at } of batch)
    await pipeline(createReadStream(at), async (bytes) => {
      for await (const chunk of bytes) hash.update(chunk);
    });
  return `import ${hash.digest('hex')}`;
}
