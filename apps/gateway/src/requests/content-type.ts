import type { IncomingMessage } from 'node:http';
import { EarshotError } from '@earshot/contracts';

/** Which of the media types that a route takes the body is of; TYPE_UNSUPPORTED for any other. */
export function contentTypeOf<const Type extends string>(request: IncomingMessage, types: readonly Type[]): Type {
  const sent = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const type = types.find((known) => known === sent);
  if (type !== undefined) return type;
  throw new EarshotError(
    'TYPE_UNSUPPORTED',
    `${sent === '' ? 'The body has no Content-Type' : `"${sent.slice(0, 100)}" is not taken here`}; send ${types.join(' or ')}`,
  );
}

/** Whether anything was sent beside the headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
