import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const ids = new WeakMap<IncomingMessage, string>();
const sane = /^[A-Za-z0-9._:-]{1,128}$/;

/** The client's X-Request-Id where it is harmless in logs and headers, else one of ours; the same at each call. */
export function requestIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const sent = request.headers['x-request-id'];
  const id = typeof sent === 'string' && sane.test(sent) ? sent : randomUUID();
  ids.set(request, id);
  return id;
}
