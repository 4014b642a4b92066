import { isLoopback } from '@earshot/platform';

/** Whether the value of a Host header names this machine itself, with or without a port. */
export function isLoopbackHost(host: string): boolean {
  const name = /^(?:\[([0-9a-f:]+)\]|([a-z0-9.-]+))(?::\d{1,5})?$/i.exec(host);
  return name !== null && isLoopback((name[1] ?? name[2] ?? '').toLowerCase());
}
