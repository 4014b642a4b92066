import { knownClip } from '../../chaos/load/known-clip.js';
import { formOf, type Sender } from './sender.js';

/** Requests as bytes, made before anything is measured: each uploads another short clip to be described, and waits for nothing. */
export function floodRequests(count: number, { key }: Sender): Buffer[] {
  return Array.from({ length: count }, (_, n) => {
    const { body, headers } = formOf([knownClip(n).wav]);
    const head = [
      'POST /api/v1/descriptions HTTP/1.1',
      'host: localhost',
      `x-api-key: ${key}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${body.length}`,
    ];
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
  });
}
