// PostgreSQL refuses to run as root. Started by root (in a container, on a server), it runs as another account, which
// must be able to reach its programs and its data: a checkout below a folder of mode 0700 (/root, `mktemp -d`) is out of its reach.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** For `spawn`: empty where PostgreSQL can run as whoever started it. */
export type Account = { uid: number; gid: number } | Record<string, never>;

/** The account `postgres` where there is one, else `nobody`: no user is added to anybody's machine. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const ids = ['-u', '-g'].map((flag) => idOf(flag, name));
    const [uid, gid] = ids;
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error('PostgreSQL cannot run as root, and this machine has no account `postgres` or `nobody`');
}

/** Whether the account may pass through every folder above `path`, and through `path` itself. */
export function isReachable(path: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function idOf(flag: string, name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
