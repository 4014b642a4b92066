import { gzipSync } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';

/** Answers with what is the same for everybody. It is made, and compressed, once: nobody has to have a key to ask for it. */
export function madeOnce(type: string, make: () => string, headers: Record<string, string> = {}): RequestHandler {
  let plain: Buffer | undefined;
  let zipped: Buffer | undefined;
  return (request: Request, response: Response) => {
    plain ??= Buffer.from(make());
    zipped ??= gzipSync(plain);
    response.set(headers).type(type).vary('Accept-Encoding');
    if (request.acceptsEncodings('gzip') === false) response.send(plain);
    else response.set('Content-Encoding', 'gzip').send(zipped);
  };
}
