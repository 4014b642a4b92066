import type { NextFunction, Request, Response } from 'express';
import { access } from './access.js';
import { callerOf } from './caller.js';

type Settings = Parameters<typeof access>[0];

/** The code with which a request is refused at the door, or null. */
function refusal(
  settings: Settings,
  path: string,
  headers: Record<string, string>,
  { remoteAddress = '127.0.0.1', method = 'GET' } = {},
): string | null {
  let code: string | null = null;
  const next: NextFunction = (error?: unknown) => {
    code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
  };
  const request = { path, headers, method, socket: { remoteAddress }, accepts: () => 'json' } as unknown as Request;
  const response = { setHeader: () => response } as unknown as Response;
  access(settings)(request, response, next);
  if (settings.EARSHOT_ACCESS === 'keys' && code === null && path.startsWith('/api')) expect(callerOf(request).holder).toBe('admin');
  return code;
}

describe('without keys', () => {
  const at = (headers: Record<string, string>, from = {}) =>
    refusal({ EARSHOT_ACCESS: undefined, EARSHOT_ADMIN_KEY: undefined }, '/api/v1/jobs', headers, from);
  it.each(['localhost', 'LOCALHOST:8000', '127.0.0.1', '[::1]:80'])('the host %s is admitted', (host) => expect(at({ host })).toBeNull());
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1@evil.example', '0.0.0.0', ''])('the host %j is refused', (host) =>
    expect(at({ host })).toBe('ORIGIN_REFUSED'),
  );
  it('no host at all is refused', () => expect(at({})).toBe('ORIGIN_REFUSED'));
  it.each(['http://localhost:5173', 'http://127.0.0.1'])('a page of %s is admitted', (origin) =>
    expect(at({ host: 'localhost', origin })).toBeNull(),
  );
  it.each(['::1', '::ffff:127.0.0.1', '127.0.0.7'])('whoever comes from %s is admitted', (remoteAddress) =>
    expect(at({ host: 'localhost' }, { remoteAddress })).toBeNull(),
  );
  it.each(['192.168.0.7', '::ffff:192.168.0.7', 'fe80::1', '10.0.0.1'])(
    'whoever comes from %s is refused, whatever host it names',
    (remoteAddress) => expect(at({ host: 'localhost' }, { remoteAddress })).toBe('ORIGIN_REFUSED'),
  );
  it.each([
    'forwarded',
    'via',
    ...['for', 'host', 'proto', 'port', 'server', 'prefix', 'ssl', 'client-cert'].map((what) => `x-forwarded-${what}`),
    'x-real-ip',
    'x-client-ip',
    'true-client-ip',
    'x-cluster-client-ip',
    'cf-connecting-ip',
    'x-original-host',
    'x-original-forwarded-for',
    'x-envoy-external-address',
  ])('what a proxy has passed on with %s is refused', (name) =>
    expect(at({ host: 'localhost', [name]: '1.2.3.4' })).toBe('ORIGIN_REFUSED'),
  );
  it('what clients send by themselves is not taken for a proxy’s', () =>
    expect(at({ host: 'localhost', 'x-request-id': '1', 'x-requested-with': 'fetch', 'proxy-connection': 'close', dnt: '1' })).toBeNull());
  it('a change that a browser calls cross-site is refused, also without an origin; a link that leads here is followed', () => {
    const headers = { host: 'localhost', 'sec-fetch-site': 'cross-site' };
    expect(at(headers, { method: 'POST' })).toBe('ORIGIN_REFUSED');
    expect(at(headers)).toBeNull();
  });
  it.each(['https://evil.example', 'null', 'http://localhost@evil.example', 'chrome-extension://localhost', 'javascript://localhost'])(
    'a page of %s is refused',
    (origin) => expect(at({ host: 'localhost', origin })).toBe('ORIGIN_REFUSED'),
  );
});

describe('with keys', () => {
  const key = 'a-key-of-more-than-24-characters';
  const at = (headers: Record<string, string>, path = '/api/v1/jobs', from = {}) =>
    refusal({ EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: key }, path, headers, from);
  it.each<Record<string, string>>([{ authorization: `Bearer ${key}` }, { authorization: `bearer  ${key}` }, { 'x-api-key': key }])(
    '%j is admitted',
    (headers) => expect(at(headers)).toBeNull(),
  );
  it.each<Record<string, string>>([
    {},
    { authorization: key },
    { authorization: `Basic ${key}` },
    { 'x-api-key': `${key} ` },
    { 'x-api-key': '' },
  ])('%j is refused', (headers) => expect(at(headers)).toBe('UNAUTHENTICATED'));
  it('the twenty-first wrong key of an address is not looked at any more', () => {
    const door = access({ EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: key });
    const request = {
      path: '/api/v1/jobs',
      headers: { 'x-api-key': 'wrong' },
      socket: { remoteAddress: '10.0.0.9' },
    } as unknown as Request;
    const codes: string[] = [];
    const response = { setHeader: () => response } as unknown as Response;
    for (let n = 0; n < 21; n++) door(request, response, (error?: unknown) => codes.push(String(Object(error).code)));
    expect(codes).toEqual([...Array.from({ length: 20 }, () => 'UNAUTHENTICATED'), 'TOO_MANY_ATTEMPTS']);
  });
  it.each(['/docs', '/docs/errors', '/redoc', '/openapi.json', '/livez', '/readyz'])('%s is open', (path) =>
    expect(at({}, path)).toBeNull(),
  );
  it.each(['/', '/docs', '/livez'])('nothing is sent to %s without a key', (path) =>
    expect(at({}, path, { method: 'POST' })).toBe('UNAUTHENTICATED'),
  );
  it.each(['/docsx', '/api/docs', '/openapi.jsonx'])('%s is not', (path) => expect(at({}, path)).toBe('UNAUTHENTICATED'));
});
