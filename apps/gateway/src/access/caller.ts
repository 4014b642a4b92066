import type { IncomingMessage } from 'node:http';

/** Whose key a request came with: idempotency keys, a share of what may wait, and a place in the queue are its own. */
export interface Caller {
  holder: string;
  /** May have work done before everybody else's. */
  mayHurry: boolean;
}

const callers = new WeakMap<IncomingMessage, Caller>();

export function admitAs(request: IncomingMessage, caller: Caller): void {
  callers.set(request, caller);
}

/** Whether somebody has sent it, and not anybody who reads what everybody may. */
export function isAdmitted(request: IncomingMessage): boolean {
  return callers.has(request);
}

/** Who the door has let in; what it lets everybody see asks for nothing. */
export function callerOf(request: IncomingMessage): Caller {
  return callers.get(request) ?? { holder: 'open', mayHurry: false };
}
