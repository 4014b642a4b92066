import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '@earshot/platform';
import { BackOff, type BackOffLimits } from './back-off.js';
import { fromChild, type ToChild } from './messages.js';

export interface ChildOptions {
  name: string;
  /** The module that the child runs, and its arguments. */
  entry: string;
  args?: readonly string[];
  env: NodeJS.ProcessEnv;
  onLine: (name: string, line: string) => void;
  /** What happens to the child, in words. */
  onEvent: (text: string) => void;
  backOff?: BackOffLimits;
}

/** So many failures in a row before it ran for the first time, and it is given up. */
const failuresToGiveUp = 5;

/** A child that is started again whenever it ends, until it is stopped. It has a process group of its own: Ctrl-C reaches only us. */
export class SupervisedChild {
  private child: ChildProcess | null = null;
  private isStopping = false;
  private isLoaded = false;
  private lastFailure = '';
  private settings: Record<string, string> | null = null;
  private readonly backOff: BackOff;
  private readonly loaded = Promise.withResolvers<void>();
  private readonly running = Promise.withResolvers<void>();
  /** Where its services answer; newer ones after each start. */
  urls: Record<string, string> = {};

  constructor(private readonly options: ChildOptions) {
    this.backOff = new BackOff(options.backOff);
    // Both may fail before anybody waits for them.
    for (const { promise } of [this.loaded, this.running]) promise.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process; resolves when its code is loaded and its settings are right. A ConfigError says what is wrong with them. */
  load(): Promise<void> {
    if (this.child === null) this.spawn();
    return this.loaded.promise;
  }

  /** Gives the word to start, now and after each restart; resolves when it runs for the first time. */
  start(settings: Record<string, string>): Promise<void> {
    this.settings = settings;
    if (this.child === null) this.spawn();
    else this.sendStart();
    return this.running.promise;
  }

  /** Asks it to end, and ends it with all its own children when it does not. */
  async stop(limitSeconds: number): Promise<void> {
    this.isStopping = true;
    const child = this.child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const limit = new AbortController();
    await Promise.race([gone, sleep(limitSeconds * 1000, undefined, { signal: limit.signal }).catch(() => undefined)]);
    limit.abort();
    this.kill();
  }

  /** Ends its whole process group at once. */
  kill(): void {
    this.isStopping = true;
    killGroup(this.child?.pid);
  }

  private spawn(): void {
    const { name, entry, args = [], env, onLine, onEvent } = this.options;
    const startMs = performance.now();
    this.isLoaded = false;
    const child = spawn(process.execPath, [entry, ...args], { detached: true, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => onLine(name, line));
    child.on('message', (message) => this.onMessage(message));
    child.once('error', ({ message }) => onEvent(`${name} could not be started: ${message}`));
    child.once('exit', (code, signal) => {
      killGroup(child.pid);
      if (!this.isStopping) this.onEnd(signal ?? `exit code ${code}`, performance.now() - startMs);
    });
  }

  private onMessage(received: unknown): void {
    const message = fromChild.parse(received);
    if (message.kind === 'started') {
      this.urls = message.urls;
      this.running.resolve();
    } else if (message.faults.length > 0) {
      this.giveUp(new ConfigError(message.faults));
    } else if (message.kind === 'failed') {
      this.lastFailure = message.message;
    } else {
      this.isLoaded = true;
      this.loaded.resolve();
      this.sendStart();
    }
  }

  private onEnd(how: string, ranMs: number): void {
    const { name, onEvent } = this.options;
    const delayMs = this.backOff.delayMs(ranMs);
    if (this.backOff.count >= failuresToGiveUp) {
      this.giveUp(
        new Error(`${name} could not be started in ${this.backOff.count} attempts${this.lastFailure && `: ${this.lastFailure}`}`),
      );
    }
    if (this.isStopping) return;
    onEvent(`${name} ended (${how}), starting it again in ${delayMs / 1000} s`);
    setTimeout(() => this.isStopping || this.spawn(), delayMs);
  }

  /** Only before the first run: what ran once is started again for ever. */
  private giveUp(error: Error): void {
    this.loaded.reject(error);
    this.running.reject(error);
  }

  private sendStart(): void {
    if (!this.isLoaded || this.settings === null || !this.child?.connected) return;
    const message: ToChild = { kind: 'start', settings: this.settings };
    this.child.send(message);
  }
}

/** A process with all that it started: what a crash leaves behind, sandboxes for example, must not live on beside its successor. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
