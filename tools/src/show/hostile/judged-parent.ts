import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromParent, type Outcome, type ToParent, type Vitals } from './parent-messages.js';

interface JudgedParentOptions {
  children: number;
  /** Where files are put for the sandbox. */
  folder: string;
  onLog: (line: object) => void;
}

// With threads of its own, the collector of garbage keeps the loop waiting for them where other programs have the processors. On the
// loop's thread all that it does counts as the loop's own work: a harder measure, and the same on any machine.
const execArgv = ['--single-threaded-gc'];

/** The process that holds the sandbox, as the tool sees it from outside: it is sent files, and asked how it feels. */
export class JudgedParent {
  private readonly waiting = new Map<number, PromiseWithResolvers<Outcome>>();
  private readonly askers: PromiseWithResolvers<Vitals>[] = [];
  private readonly usedAskers: PromiseWithResolvers<number>[] = [];
  private fileCount = 0;
  private callCount = 0;

  private constructor(
    private readonly process: ChildProcess,
    private readonly options: JudgedParentOptions,
  ) {
    process.on('message', (message) => this.hear(message));
    process.once('exit', (code, signal) => {
      for (const { reject } of [...this.waiting.values(), ...this.askers, ...this.usedAskers])
        reject(new Error(`the parent ended with ${code ?? signal}`));
    });
  }

  static async start(options: JudgedParentOptions): Promise<JudgedParent> {
    const process = fork(new URL('./parent-process.js', import.meta.url), [String(options.children), options.folder], { execArgv });
    const ended = once(process, 'exit').then(([code]) => Promise.reject(new Error(`the parent did not start: ${code}`)));
    await Promise.race([once(process, 'message'), ended]);
    ended.catch(() => {});
    return new JudgedParent(process, options);
  }

  get pid(): number {
    return this.process.pid!;
  }

  /** What becomes of a file of these bytes. */
  async describe(bytes: Uint8Array): Promise<Outcome> {
    const path = join(this.options.folder, `clip-${this.fileCount++}`);
    await writeFile(path, bytes);
    const outcome = await this.describeFile(path, bytes.length);
    await rm(path);
    return outcome;
  }

  describeFile(path: string, sizeBytes: number): Promise<Outcome> {
    const id = this.callCount++;
    const answer = Promise.withResolvers<Outcome>();
    this.waiting.set(id, answer);
    this.send({ kind: 'describe', id, path, sizeBytes });
    return answer.promise;
  }

  vitals(): Promise<Vitals> {
    const answer = Promise.withResolvers<Vitals>();
    this.askers.push(answer);
    this.send({ kind: 'vitals' });
    return answer.promise;
  }

  /** Megabytes in use after a collection of garbage. */
  usedMb(): Promise<number> {
    const answer = Promise.withResolvers<number>();
    this.usedAskers.push(answer);
    this.send({ kind: 'used' });
    return answer.promise;
  }

  async close(): Promise<void> {
    if (!this.process.connected) return;
    const exit = once(this.process, 'exit');
    this.send({ kind: 'close' });
    await exit;
  }

  private hear(text: unknown): void {
    const message = fromParent.parse(text);
    if (message.kind === 'outcome') {
      this.waiting.get(message.id)?.resolve(message.outcome);
      this.waiting.delete(message.id);
    }
    if (message.kind === 'vitals') this.askers.shift()?.resolve(message);
    if (message.kind === 'used') this.usedAskers.shift()?.resolve(message.usedMb);
    if (message.kind === 'log') this.options.onLog(message.line);
  }

  private send(message: ToParent): void {
    this.process.send(message);
  }
}
