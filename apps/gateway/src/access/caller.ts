import type { IncomingMessage } from 'node:http';

/** Whose key a request came with; idempotency keys and, later, limits belong to it. */
export interface Caller {
  holder: string;
}

const callers = new WeakMap<IncomingMessage, Caller>();
const nobody: Caller = { holder: 'open' };

export function admitAs(request: IncomingMessage, caller: Caller): void {
  callers.set(request, caller);
}

export function callerOf(request: IncomingMessage): Caller {
  return callers.get(request) ?? nobody;
}
