import type { IncomingMessage } from 'node:http';
import { EarshotError } from '@earshot/contracts';
import { heldShareOf } from '../uploads/held-bytes.js';
import { Pieces } from '../uploads/pieces.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a JSON body of bounded size. */
export async function jsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const bytes = await bodyOf(request, maxBytes);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 200) : 'it is not UTF-8';
    throw new EarshotError('BODY_MALFORMED', `The body is not JSON: ${reason}`, { cause: error });
  }
}

/** Reads a body of bounded size; BUSY when the process can hold no more. */
export async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const share = heldShareOf(request);
  const pieces = new Pieces();
  let sizeBytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
      if (!share.take(chunk.length))
        throw new EarshotError('BUSY', 'The bodies of other requests take all the memory that there is for them');
      pieces.push(chunk);
    }
  } catch (error) {
    throw error instanceof EarshotError
      ? error
      : new EarshotError('BODY_TRUNCATED', 'The connection ended within the body', { cause: error });
  }
  return pieces.whole();
}

function tooLarge(maxBytes: number): EarshotError {
  return new EarshotError('BODY_TOO_LARGE', `More than ${maxBytes} bytes`, { members: { limit: maxBytes } });
}
