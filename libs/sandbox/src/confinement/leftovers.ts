import type { Stats } from 'node:fs';
import { lstat, readdir, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './confined-command.js';
import { isBaseName, lentFolder, removeFolders } from './place.js';

const everyMs = 600_000;
const forgottenMs = 86_400_000;

/**
 * The folders of children that were ended together with their parent and all that would have cleaned up, as when a container is killed or
 * the power goes. Lent files in them are second names of blobs, whose bytes would stay for ever. Each pool says by their times which folders
 * are in use; one that has an old time twice is nobody's. Twice, for after a long sleep of the machine all of them are old once.
 */
export class Leftovers {
  private readonly timer = setInterval(() => void this.round().catch(() => {}), everyMs).unref();
  private old = new Set<string>();

  constructor(
    private readonly home: string | undefined,
    private readonly inUse: () => Iterable<Pick<Place, 'base' | 'lent'>>,
    private readonly temporary = tmpdir(),
  ) {}

  stop(): void {
    clearInterval(this.timer);
  }

  async round(nowMs = Date.now()): Promise<void> {
    const now = new Date(nowMs);
    const used = Array.from(this.inUse(), ({ base, lent }) => [base, lent]).flat();
    await Promise.all(used.map((folder) => utimes(folder, now, now).catch(() => undefined))); // one may just be going
    const bases = (await readdir(this.temporary)).filter(isBaseName).map((name) => join(this.temporary, name));
    const lent = this.home === undefined ? [] : await foldersIn(lentFolder(this.home));
    const old = new Set<string>();
    for (const folder of [...bases, ...lent]) if (isForgotten(await lstat(folder).catch(() => null), nowMs)) old.add(folder);
    const twice = [...old].filter((folder) => this.old.has(folder));
    this.old = old;
    if (twice.length > 0) await removeFolders(twice);
  }
}

const isForgotten = (found: Stats | null, nowMs: number): boolean =>
  found?.isDirectory() === true && found.uid === process.getuid?.() && found.mtimeMs < nowMs - forgottenMs;

async function foldersIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith('child-')).map((name) => join(folder, name));
}
