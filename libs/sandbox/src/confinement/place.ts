import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Place } from './confined-command.js';
import { programPath } from './environment.js';
import type { Layer } from './layers.js';

/** Accounts that no system gives to anybody for long (systemd lends them to services), and that containers have too. */
const accounts = { first: 61_184, count: 4_336 };
let lastAccount = Math.floor(Math.random() * accounts.count);

/** What a folder of a child is called among temporary files: by its account, or by chance. */
const baseName = 'earshot-sandbox-';
export const isBaseName = (name: string): boolean => /^earshot-sandbox-(\d{5}|\w{6})$/.test(name);

/**
 * Makes the folders of a child. Lent files lie on the disk of `home`, so that lending one is no copy, where the child can get there: past
 * folders that keep other accounts out only by a root of its own.
 */
export function makePlace(has: ReadonlySet<Layer>, home: string | undefined): Place {
  const { base, account } = has.has('account') ? baseOfAccount() : { base: mkdtempSync(join(tmpdir(), baseName)), account: null };
  const [own, inBase] = [join(base, 'own'), join(base, 'lent')];
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

/** Who has made the folder of an account has the account: no two children share one, whichever services they are of. */
function baseOfAccount(): { base: string; account: number } {
  for (let tries = 0; tries < accounts.count; tries++) {
    const account = accounts.first + (++lastAccount % accounts.count);
    const base = join(tmpdir(), `${baseName}${account}`);
    try {
      mkdirSync(base, { mode: 0o700 });
      return { base, account };
    } catch (error) {
      if (!isThere(error)) throw error;
    }
  }
  throw new Error('no account is left for a child');
}

const isThere = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';

/** Once the child has gone. */
export const removePlace = ({ base, lent }: Place): Promise<void> => removeFolders([base, lent]);

/**
 * By rm(1), which holds on to the folders that it goes through: Node goes by their paths, where whoever is left of a child might put a link
 * meanwhile, gives up at 4,096 characters, and takes 3 kB of the parent for each file that a child has made.
 */
export async function removeFolders(folders: readonly string[], triesLeft = 5): Promise<void> {
  const [code]: unknown[] = await once(spawn('rm', ['-rf', '--', ...folders], { stdio: 'ignore', env: { PATH: programPath } }), 'exit');
  if (code === 0) return;
  if (triesLeft === 0) throw new Error(`rm ended with ${code}: ${folders.join(', ')}`);
  await setTimeout(20); // what was killed a moment ago may still finish what it is in the middle of
  await removeFolders(folders, triesLeft - 1);
}

export const lentFolder = (home: string): string => join(home, 'lent');

function lentAt(home: string): string {
  const folder = lentFolder(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return mkdtempSync(join(folder, 'child-'));
}
