import type { KeyScope } from '@earshot/database';
import type { Request, Response } from 'express';
import { keyScope } from '../idempotency/key-scope.js';
import { waitSecondsOf } from '../requests/prefer.js';
import type { WorkWishes } from './work-query.js';

/** What a request for work says beside its body, and where its answer goes. */
export interface Asking {
  response: Response;
  key: KeyScope | null;
  /** For how long the client wants the result waited for; null: it does not. */
  waitSeconds: number | null;
  /** Ends the wait when the client has left. */
  signal: AbortSignal | undefined;
  wishes: WorkWishes;
}

export function askingOf(request: Request, response: Response, wishes: WorkWishes = {}): Asking {
  const waitSeconds = waitSecondsOf(request.get('prefer'));
  return { response, key: keyScope(request), waitSeconds, signal: waitSeconds === null ? undefined : signalOfLeaving(response), wishes };
}

function signalOfLeaving(response: Response): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort(); // an abort makes an error with its stack: only where somebody has to know
  });
  return leaving.signal;
}
