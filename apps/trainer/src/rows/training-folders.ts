import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Nobody writes into a folder for so long who is still at work in it: states are saved far more often. */
const forsakenMs = 2 * 86_400_000;

/** Folders for what trainings read, on this machine. */
export class TrainingFolders {
  constructor(private readonly home: string) {}

  /**
   * Lends an empty folder while `use` runs. What earlier attempts left behind, whose process was killed, goes; also what is left of other
   * trainings, which went on elsewhere or were cancelled.
   */
  async lend<Result>(name: string, attempt: number, use: (folder: string) => Promise<Result>): Promise<Result> {
    await mkdir(this.home, { recursive: true, mode: 0o700 });
    for (const entry of await readdir(this.home)) {
      const path = join(this.home, entry);
      if (attemptOf(entry, name) < attempt || (await isForsaken(path))) await rm(path, { recursive: true, force: true });
    }
    const folder = join(this.home, `${name}.${attempt}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    try {
      return await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Infinite for an entry of another name. */
function attemptOf(entry: string, name: string): number {
  return entry.startsWith(`${name}.`) ? Number(entry.slice(name.length + 1)) : Number.POSITIVE_INFINITY;
}

async function isForsaken(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null); // another trainer may have removed it
  return found !== null && Date.now() - found.mtimeMs > forsakenMs;
}
