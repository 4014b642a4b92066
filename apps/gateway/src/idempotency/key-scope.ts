import { EarshotError } from '@earshot/contracts';
import type { KeyScope } from '@earshot/database';
import type { Request } from 'express';
import { callerOf } from '../access/caller.js';

/** Whose key the request carries and for what; null when it carries none. */
export function keyScope(request: Request): KeyScope | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new EarshotError('REQUEST_INVALID', 'The Idempotency-Key cannot be used', {
      faults: [{ pointer: '#/headers/idempotency-key', detail: 'must be 1 to 255 printable ASCII characters' }],
    });
  }
  return { holder: callerOf(request).holder, method: request.method, path: request.path, key };
}
