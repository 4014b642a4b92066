import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders for what trainings read, on this machine. */
export class TrainingFolders {
  constructor(private readonly home: string) {}

  /** Lends an empty folder while `use` runs. What earlier attempts left behind, whose process was killed, goes. */
  async lend<Result>(name: string, attempt: number, use: (folder: string) => Promise<Result>): Promise<Result> {
    await mkdir(this.home, { recursive: true, mode: 0o700 });
    const earlier = (await readdir(this.home)).filter((entry) => attemptOf(entry, name) < attempt);
    await Promise.all(earlier.map((entry) => rm(join(this.home, entry), { recursive: true, force: true })));
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
