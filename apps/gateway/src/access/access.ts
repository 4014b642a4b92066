import { EarshotError } from '@earshot/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { isOfHome } from '../home/serve-home.js';
import { admitLoopback } from './admit-loopback.js';
import { admitAs } from './caller.js';
import { FailedKeys } from './failed-keys.js';
import { Keyring } from './keyring.js';

/** The door that every request passes: whoever is on this machine (`open`), or whoever has a key (`keys`). */
export function access({
  EARSHOT_ACCESS = 'open',
  EARSHOT_ADMIN_KEY,
  EARSHOT_KEYS = {},
  HIGH_PRIORITY_CALLERS = ['open', 'admin'],
}: Partial<Pick<GatewayConfig, 'EARSHOT_ACCESS' | 'EARSHOT_ADMIN_KEY' | 'EARSHOT_KEYS' | 'HIGH_PRIORITY_CALLERS'>>): RequestHandler {
  const admit = (request: Request, holder: string) => admitAs(request, { holder, mayHurry: HIGH_PRIORITY_CALLERS.includes(holder) });
  if (EARSHOT_ACCESS === 'open')
    return guarded((request) => {
      admitLoopback(request);
      admit(request, 'open');
    });
  const keyring = new Keyring({ admin: EARSHOT_ADMIN_KEY, ...EARSHOT_KEYS });
  const failedKeys = new FailedKeys();
  return guarded((request) => {
    if (isPublic(request)) return;
    const key = keyOf(request);
    if (key === null) throw new EarshotError('UNAUTHENTICATED', 'Send the key as `Authorization: Bearer …` or `X-API-Key`');
    const holder = keyring.holderOf(key);
    failedKeys.hear(request.socket.remoteAddress ?? '', holder);
    if (holder === null) throw new EarshotError('UNAUTHENTICATED', 'The key is not known here');
    admit(request, holder);
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

/** Documentation, the web app and the probes hold nothing of anybody's; they are read, and nothing is sent to them. */
function isPublic(request: Request): boolean {
  const { method, path } = request;
  if (method !== 'GET' && method !== 'HEAD') return false;
  return isOfHome(request) || ['/openapi.json', '/livez', '/readyz'].includes(path) || /^\/(docs|redoc)(\/|$)/.test(path);
}

function keyOf({ headers }: Request): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = headers['x-api-key'];
  return bearer ?? (typeof apiKey === 'string' ? apiKey : null);
}
