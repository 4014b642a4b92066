import { EarshotError } from '@earshot/contracts';
import { isLoopback, isLoopbackHost } from '@earshot/platform';
import type { Request } from 'express';

/** What a proxy, a load balancer or a tunnel adds to the requests that it passes on. */
const ofProxies = /^(forwarded|via|(x-)?(forwarded|original|envoy)-.+|x-real-ip|(.+-)?(client|connecting|original)-ip|cdn-loop|cf-ray)$/;

/**
 * Without keys: programs of this machine, and pages that it serves. Another machine has another address; whoever comes through a proxy
 * has this machine's, and what the proxy adds gives it away. DNS rebinding sends its own Host, a foreign page its own Origin, or says
 * nothing but that it is one.
 */
export function admitLoopback({ headers, method, socket }: Request): void {
  const { host, origin } = headers;
  if (!isLoopback(socket.remoteAddress ?? ''))
    throw new EarshotError('ORIGIN_REFUSED', 'Without keys only this machine is admitted; run it with EARSHOT_ACCESS=keys for others');
  const proxied = Object.keys(headers).find((name) => ofProxies.test(name));
  if (proxied !== undefined)
    throw new EarshotError('ORIGIN_REFUSED', `The request came through a proxy (${proxied}), which needs EARSHOT_ACCESS=keys`);
  if (host === undefined || !isLoopbackHost(host))
    throw new EarshotError('ORIGIN_REFUSED', 'Without keys only a loopback Host is admitted, for example localhost');
  const isForeignPage =
    origin === undefined ? headers['sec-fetch-site'] === 'cross-site' && !['GET', 'HEAD'].includes(method) : !isLoopbackOrigin(origin);
  if (isForeignPage) throw new EarshotError('ORIGIN_REFUSED', 'Without keys only pages of this machine are admitted');
}

function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  return ['http:', 'https:'].includes(protocol) && isLoopbackHost(host);
}
