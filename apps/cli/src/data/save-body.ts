import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes what a server sends to a file, which is there only once it is whole; or to standard output. */
export async function saveBody({ body }: Response, file: string | undefined): Promise<void> {
  const bytes = Readable.fromWeb(body as import('node:stream/web').ReadableStream<Uint8Array>);
  if (file === undefined) return pipeline(bytes, process.stdout, { end: false });
  const part = `${file}.part`;
  await pipeline(bytes, createWriteStream(part));
  await rename(part, file);
}
