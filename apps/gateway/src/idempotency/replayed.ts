import { EarshotError } from '@earshot/contracts';
import type { KeyScope, StoredAnswer, Workspace } from '@earshot/database';

/** The answer under a key that was found taken when a request was written. */
export async function replayed(workspace: Workspace, key: KeyScope, fingerprint: string): Promise<StoredAnswer> {
  const stored = await workspace.answers.find(key, fingerprint);
  if (stored === null) throw new EarshotError('INTERNAL', 'The answer under this Idempotency-Key was removed at this very moment');
  return stored;
}
