import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const scripts = {
  load: new URL('../../../libs/audio/golden/time_librosa.py', import.meta.url),
  'file-to-vector': new URL('../../src/librosa/time_file_to_vector.py', import.meta.url),
} as const;

/** A Python process that does the same as we with each file, by librosa, and says how long it took. */
export class LibrosaTimer {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string, script: keyof typeof scripts) {
    this.child = spawn(python, [fileURLToPath(scripts[script])], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Milliseconds of all files together. */
  async timeMs(paths: readonly string[]): Promise<number> {
    let sumMs = 0;
    for (const path of paths) {
      this.child.stdin.write(`${path}\n`);
      const { value, done } = await this.lines.next();
      if (done) throw new Error('The librosa process ended: is this a Python with librosa 0.11?');
      sumMs += Number(value);
    }
    return sumMs;
  }

  close(): void {
    this.child.stdin.end();
  }
}
