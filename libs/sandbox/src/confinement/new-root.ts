import { lstatSync, mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mountTable, type Place, rootFolder } from './confined-command.js';
import { devices, shownPaths } from './shown-paths.js';

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
  for (const path of shownPaths(code)) {
    if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(root, path));
    else show(path, 'bind,ro,nosuid,nodev');
  }
  for (const path of devices) show(path, 'bind,nosuid');
  show(place.lent, 'bind,ro,nosuid,nodev,noexec');
  show(place.own, 'bind,nosuid,nodev,noexec');
  writeFileSync(mountTable(place), mounts.join(''));
}

/** In the form of fstab(5). */
function mountLine(source: string, target: string, options: string): string {
  return `${inTable(source)} ${inTable(target)} none ${options} 0 0\n`;
}

const inTable = (path: string): string =>
  path.replace(/[\\\s]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
