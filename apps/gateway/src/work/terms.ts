import type { KeyScope } from '@earshot/database';
import type { Request } from 'express';
import { type Caller, callerOf } from '../access/caller.js';
import { keyScope } from '../idempotency/key-scope.js';
import { waitSecondsOf } from '../requests/prefer.js';
import { markWaiting } from '../uploads/bodies.js';
import type { Scheduling } from './work-query.js';

/** On which terms work is submitted: what a request says beside kind, options and clips. */
export interface Terms {
  caller: Caller;
  key: KeyScope | null;
  /** For how long the client wants the result waited for; null: it does not. */
  waitSeconds: number | null;
  /** Ends the wait when the client has left. */
  signal: AbortSignal | undefined;
  scheduling: Scheduling;
  /** Told when the work is accepted, and only its result is waited for. */
  onWaiting?: () => void;
}

export function termsOf(request: Request, scheduling: Scheduling = {}, waitSeconds = waitSecondsOf(request.get('prefer'))): Terms {
  return {
    caller: callerOf(request),
    key: keyScope(request),
    waitSeconds,
    signal: waitSeconds === null ? undefined : signalOfLeaving(request),
    scheduling,
    onWaiting: () => markWaiting(request),
  };
}

function signalOfLeaving({ res }: Request): AbortSignal {
  const leaving = new AbortController();
  res?.once('close', () => {
    if (!res.writableFinished) leaving.abort(); // an abort makes an error with its stack: only where somebody has to know
  });
  return leaving.signal;
}
