import { chmodSync, constants, copyFileSync, linkSync, lstatSync, mkdirSync, readdirSync, rmSync, type Stats, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './confined-command.js';

/** Answers the path under which a child finds a file, or a folder of files. */
export type Lend = (path: string) => string;

/** Puts the files of a call where its child may read them, and takes them back: by a second name, or a copy where that cannot be. */
export class LentFiles {
  private readonly ofCalls = new Map<number, string[]>();
  private readonly folders = new Set<string>();

  constructor(private readonly place: Place) {}

  /** A file that is not there is not there for the child either, whose function says what that means. */
  lend(callId: number, path: string): string {
    const lent = this.ofCalls.get(callId) ?? [];
    this.ofCalls.set(callId, lent);
    const target = join(this.place.lent, `${callId}-${lent.length}`);
    lent.push(target);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      mkdirSync(target, { mode: 0o755 });
      this.folders.add(target);
      for (const name of readdirSync(path)) this.put(join(path, name), lstatSync(join(path, name)), join(target, name));
    } else if (found !== undefined) {
      this.put(path, found, target);
    }
    return target;
  }

  has(callId: number, path: string): boolean {
    return this.ofCalls.get(callId)?.includes(path) ?? false;
  }

  takeBack(callId: number): void {
    for (const path of this.ofCalls.get(callId) ?? []) {
      if (this.folders.delete(path)) rmSync(path, { recursive: true, force: true });
      else unlessMissing(() => unlinkSync(path));
    }
    this.ofCalls.delete(callId);
  }

  private put(path: string, found: Stats, target: string): void {
    const isReadable = this.place.account === null || (found.mode & 0o004) !== 0;
    if (found.isFile() && isReadable && hasLinked(path, target)) return;
    unlessMissing(() => {
      copyFileSync(path, target, constants.COPYFILE_FICLONE);
      chmodSync(target, 0o444);
    });
  }
}

/** Does something with a file that may have gone, without asking before whether it is there: there are thousands a second. */
function unlessMissing(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (Object(error).code !== 'ENOENT') throw error;
  }
}

/** Not on another disk, nor a file of somebody else's. */
function hasLinked(path: string, target: string): boolean {
  try {
    linkSync(path, target);
    return true;
  } catch {
    return false;
  }
}
