import { EarshotError } from '@earshot/contracts';
import type { PutOptions } from './blob-store.js';
import { continued } from './continued.js';

/** Bodies up to this size are collected, hashed once and written at once; larger ones are streamed. */
const smallBodyBytes = 1024 * 1024;

/**
 * A body as stores write it: whole when it is small, a stream when it is large.
 * Past `maxBytes` it fails with FILE_TOO_LARGE, on abort with the signal's reason; both also end the source.
 */
export async function readBody(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<Uint8Array | AsyncIterable<Uint8Array>> {
  options.signal?.throwIfAborted();
  if (bytes instanceof Uint8Array) {
    checkSize(bytes.length, options);
    return bytes.length <= smallBodyBytes ? bytes : slices(bytes);
  }
  const chunks = bounded(bytes, options);
  const head: Uint8Array[] = [];
  const holdBytes = Math.min(options.holdBytes ?? smallBodyBytes, smallBodyBytes);
  for (let sizeBytes = 0; sizeBytes <= holdBytes; ) {
    const { done, value } = await chunks.next();
    if (done) return Buffer.concat(head, sizeBytes);
    head.push(value);
    sizeBytes += value.length;
  }
  return continued(head, chunks);
}

async function* bounded(source: AsyncIterable<Uint8Array>, options: PutOptions): AsyncGenerator<Uint8Array, void> {
  const iterator = source[Symbol.asyncIterator]();
  let sizeBytes = 0;
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await nextUnlessAborted(iterator, options.signal);
      ended = done === true;
      if (ended) return;
      sizeBytes += value.length;
      checkSize(sizeBytes, options);
      yield value;
    }
  } finally {
    // Not awaited: a source that hangs in next() would never answer.
    if (!ended) iterator.return?.().catch(() => undefined);
  }
}

function nextUnlessAborted(iterator: AsyncIterator<Uint8Array>, signal?: AbortSignal): Promise<IteratorResult<Uint8Array>> {
  if (!signal) return iterator.next();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

function checkSize(sizeBytes: number, { maxBytes = Number.POSITIVE_INFINITY }: PutOptions): void {
  if (sizeBytes <= maxBytes) return;
  throw new EarshotError('FILE_TOO_LARGE', `more than ${maxBytes} bytes`, { members: { limit: maxBytes } });
}

/** Hashing hundreds of megabytes in one call would hold the event loop. */
async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; start += smallBodyBytes) yield bytes.subarray(start, start + smallBodyBytes);
}
