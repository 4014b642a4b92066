import { closeSync, openSync, readFile } from 'node:fs';
import { promisify } from 'node:util';
import { deserialize } from 'node:v8';
import type { Reply } from './messages.js';

const read = promisify(readFile);

/** What a function returned, from the message or from the file that it came in. */
export async function readResult(reply: Extract<Reply, { kind: 'result' | 'file' }>): Promise<unknown> {
  if (reply.kind === 'result') return deserialize(reply.bytes);
  // Opened before anything is awaited: the child's folder may go at any moment, an open file stays.
  const file = openSync(reply.path, 'r');
  try {
    return deserialize(await read(file));
  } finally {
    closeSync(file);
  }
}
