import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './confined-command.js';
import type { Layer } from './layers.js';

/** Accounts that no system gives to anybody for long (systemd lends them to services), and that containers have too. */
const accounts = { first: 61_184, count: 4_336 };
let lastAccount = process.pid;

/**
 * Makes the folders of a child. Lent files lie on the disk of `home`, so that lending one is no copy, where the child can get there: past
 * folders that keep other accounts out only by a root of its own.
 */
export function makePlace(has: ReadonlySet<Layer>, home: string | undefined): Place {
  const base = mkdtempSync(join(tmpdir(), 'earshot-sandbox-'));
  const [own, inBase] = [join(base, 'own'), join(base, 'lent')];
  const account = has.has('account') ? accounts.first + (++lastAccount % accounts.count) : null;
  try {
    for (const folder of [own, inBase]) mkdirSync(folder, { mode: 0o700 });
    const lent = home !== undefined && (has.has('files') || account === null) ? lentAt(home) : inBase;
    if (account !== null) admit(account, { base, own, lent });
    return { base, own, lent, account };
  } catch (error) {
    rmSync(base, { recursive: true, force: true });
    throw error;
  }
}

/** The child's account owns its own folder, and passes through the others; nobody else does. */
function admit(account: number, { base, own, lent }: Omit<Place, 'account'>): void {
  chownSync(own, account, account);
  for (const folder of [base, lent]) {
    chownSync(folder, process.getuid?.() ?? 0, account);
    chmodSync(folder, 0o710);
  }
}

/** Once the child has gone. */
export async function removePlace({ base, lent }: Place): Promise<void> {
  // What was killed a moment ago may still finish what it is in the middle of.
  const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  await Promise.all([base, lent].map(remove));
}

function lentAt(home: string): string {
  const folder = join(home, 'lent');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return mkdtempSync(join(folder, 'child-'));
}
