import { isIP } from 'node:net';

/** Whether only this machine can have, or reach, the address; one of IPv4 may come in the form of IPv6. */
export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return plain === 'localhost' || plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** Whether the value of a Host header names this machine itself, with or without a port. */
export function isLoopbackHost(host: string): boolean {
  const name = /^(?:\[([0-9a-f:]+)\]|([a-z0-9.-]+))(?::\d{1,5})?$/i.exec(host);
  return name !== null && isLoopback((name[1] ?? name[2] ?? '').toLowerCase());
}
