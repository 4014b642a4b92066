import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A Python process that runs one of the scripts in this folder: a line of JSON in, a line of JSON out. */
export class PythonPeer {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  constructor(
    python: string,
    private readonly script: string,
  ) {
    const path = fileURLToPath(new URL(`../../../src/bench/peers/${script}`, import.meta.url));
    this.child = spawn(python, [path], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async ask(question: object): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.script} ended: has this Python the packages that it imports?`);
    return JSON.parse(value);
  }

  close(): void {
    this.child.stdin.end();
  }
}
