import { existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { mountTable, type Place, rootFolder } from './confined-command.js';

/**
 * What programs of a system need to run: their code and what the loader of libraries asks for. Nothing of /etc beside, and no /proc.
 * Some systems keep programs in folders of their own.
 */
const systemPaths = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/etc/ld.so.cache', '/etc/alternatives', '/nix/store'];

/** What ffmpeg and shells open. */
const devices = ['/dev/null', '/dev/urandom'];

/** Lays out the folder that becomes a child's root, and writes the table of what is mounted in it: everything where it is outside. */
export function layOutRoot(place: Place, code: readonly string[]): void {
  const root = rootFolder(place);
  mkdirSync(root, { mode: 0o755 });
  const mounts = [mountLine(root, root, 'bind,ro,nosuid')];
  const show = (path: string, options: string) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
    if (lstatSync(path).isDirectory()) mkdirSync(target, { mode: 0o755 });
    else writeFileSync(target, '');
    mounts.push(mountLine(path, target, options));
  };
  for (const path of systemPaths) {
    if (!existsSync(path)) continue;
    if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(root, path));
    else show(path, 'bind,ro,nosuid,nodev');
  }
  for (const path of devices) show(path, 'bind,nosuid');
  for (const path of withNode(code)) show(path, 'bind,ro,nosuid,nodev');
  show(place.lent, 'bind,ro,nosuid,nodev,noexec');
  show(place.own, 'bind,nosuid,nodev,noexec');
  writeFileSync(mountTable(place), mounts.join(''));
}

/** Node itself may lie anywhere. */
function withNode(code: readonly string[]): string[] {
  const isShown = [...systemPaths, ...code].some((folder) => !relative(folder, process.execPath).startsWith('..'));
  return isShown ? [...code] : [...code, process.execPath];
}

/** In the form of fstab(5). */
function mountLine(source: string, target: string, options: string): string {
  return `${inTable(source)} ${inTable(target)} none ${options} 0 0\n`;
}

const inTable = (path: string): string =>
  path.replace(/[\\\s]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
