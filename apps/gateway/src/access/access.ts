import { createHash, timingSafeEqual } from 'node:crypto';
import { EarshotError } from '@earshot/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { isOfHome } from '../home/serve-home.js';
import { admitAs } from './caller.js';
import { isLoopbackHost } from './loopback-host.js';

/**
 * The door that every request passes. `open`: anybody, but only by a loopback name, so that no web page elsewhere can reach in
 * (DNS rebinding sends its own Host, a foreign page its own Origin). `keys`: whoever has the key.
 */
export function access({
  EARSHOT_ACCESS = 'open',
  EARSHOT_ADMIN_KEY,
}: Pick<GatewayConfig, 'EARSHOT_ACCESS' | 'EARSHOT_ADMIN_KEY'>): RequestHandler {
  if (EARSHOT_ACCESS === 'open') return guarded(admitLoopback);
  const expected = sha256(EARSHOT_ADMIN_KEY ?? '');
  return guarded((request) => {
    if (isPublic(request)) return;
    const sent = keyOf(request);
    if (sent === null || !timingSafeEqual(sha256(sent), expected))
      throw new EarshotError('UNAUTHENTICATED', 'Send the key as `Authorization: Bearer …` or `X-API-Key`');
    admitAs(request, { holder: 'admin' });
  });
}

function guarded(check: (request: Request) => void): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    try {
      check(request);
    } catch (error) {
      if (error instanceof EarshotError && error.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer');
      return next(error);
    }
    next();
  };
}

function admitLoopback(request: Request): void {
  const { host, origin } = request.headers;
  if (host === undefined || !isLoopbackHost(host))
    throw new EarshotError('ORIGIN_REFUSED', 'Without keys only a loopback Host is admitted, for example localhost');
  if (origin !== undefined && !(URL.canParse(origin) && isLoopbackHost(new URL(origin).host)))
    throw new EarshotError('ORIGIN_REFUSED', 'Without keys only pages of this machine are admitted');
}

/** Documentation and the web app hold nothing of anybody's. */
function isPublic(request: Request): boolean {
  const { path } = request;
  return isOfHome(request) || path === '/openapi.json' || /^\/(docs|redoc)(\/|$)/.test(path);
}

function keyOf({ headers }: Request): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = headers['x-api-key'];
  return bearer ?? (typeof apiKey === 'string' ? apiKey : null);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
