import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownRssMb, treeOf } from '../../stack/process-tree.js';

const everyMs = 100;

/** The most that the sandbox's children of a service had on the disk together, and in memory each. */
export class SpoolWatch {
  private mostBytes = 0;
  private mostChildMb = 0;
  private readonly timer = setInterval(() => this.look(), everyMs);

  constructor(private readonly pid: number) {}

  stop(): { mostMb: number; mostChildMb: number } {
    clearInterval(this.timer);
    return { mostMb: Math.round(this.mostBytes / 1e6), mostChildMb: Math.round(this.mostChildMb) };
  }

  private look(): void {
    const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('earshot-sandbox-'));
    const bytes = folders.reduce((sum, name) => sum + bytesIn(join(tmpdir(), name)), 0);
    this.mostBytes = Math.max(this.mostBytes, bytes);
    this.mostChildMb = Math.max(this.mostChildMb, ...treeOf(this.pid).slice(1).map(ownRssMb)); // a child has its starter before it
  }
}

function bytesIn(folder: string): number {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? bytesIn(path) : statSync(path).size);
    }, 0);
  } catch {
    return 0; // it went meanwhile
  }
}
