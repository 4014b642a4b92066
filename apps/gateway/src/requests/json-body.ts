import type { IncomingMessage } from 'node:http';
import { EarshotError } from '@earshot/contracts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a JSON body of bounded size. */
export async function jsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof EarshotError
      ? error
      : new EarshotError('BODY_TRUNCATED', 'The connection ended within the body', { cause: error });
  }
  try {
    return JSON.parse(utf8.decode(Buffer.concat(chunks)));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 200) : 'it is not UTF-8';
    throw new EarshotError('BODY_MALFORMED', `The body is not JSON: ${reason}`, { cause: error });
  }
}

function tooLarge(maxBytes: number): EarshotError {
  return new EarshotError('BODY_TOO_LARGE', `More than ${maxBytes} bytes of JSON`, { members: { limit: maxBytes } });
}
