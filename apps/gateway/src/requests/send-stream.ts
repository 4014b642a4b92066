import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Sends pieces as they come, as fast as the client reads. The first piece is waited for, so that what is wrong at the start is still
 * an error with its status; what breaks later breaks the connection.
 */
export async function sendStream(
  response: Response,
  { type, filename }: { type: string; filename: string },
  pieces: () => AsyncGenerator<string>,
): Promise<void> {
  const source = pieces();
  const first = await source.next();
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename="${filename}"`);
  response.setHeader('Cache-Control', 'no-store, no-transform');
  async function* all() {
    if (!first.done) yield first.value;
    yield* source;
  }
  try {
    await pipeline(Readable.from(all()), response);
  } catch (error) {
    if (!hasLeft(error)) throw error;
  }
}

/** A client that goes away in the middle is no fault. */
export function hasLeft(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' || error.code === 'EPIPE')
  );
}
