import { existsSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * What programs of a system need to run: their code and what the loader of libraries and OpenSSL ask for. Nothing of /etc beside, and no /proc.
 * Some systems keep programs in folders of their own.
 */
const systemPaths = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/etc/ld.so.cache',
  '/etc/alternatives',
  '/etc/ssl/openssl.cnf',
  '/nix/store',
];

/** What ffmpeg and shells open. */
export const devices = ['/dev/null', '/dev/urandom'];

/** All that a child may read and run beside its own folder and the files of its calls. Node itself may lie anywhere. */
export function shownPaths(code: readonly string[]): string[] {
  const folders = [...systemPaths, ...code];
  const isShown = folders.some((folder) => !relative(folder, process.execPath).startsWith('..'));
  return [...folders, ...(isShown ? [] : [process.execPath])].filter((path) => existsSync(path));
}
