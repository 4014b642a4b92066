import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A program of a bench as its own process, which talks in messages. */
export class ChildProgram {
  private readonly process: ChildProcess;

  constructor(entry: URL, args: string[]) {
    this.process = fork(entry, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  tell(message: object): void {
    this.process.send(message);
  }

  /** Its next message; fails when it ends instead. */
  async hear(): Promise<unknown> {
    const over = new AbortController();
    const ended = once(this.process, 'exit', over).then(([code]) => Promise.reject(new Error(`A bench's process ended with ${code}`)));
    try {
      const message: unknown[] = await Promise.race([once(this.process, 'message', over), ended]);
      return message[0];
    } finally {
      ended.catch(() => undefined);
      over.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }
}
