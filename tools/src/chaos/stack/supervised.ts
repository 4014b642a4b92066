import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SupervisedOptions {
  name: string;
  /** The module that node runs. */
  entry: string;
  env: NodeJS.ProcessEnv;
  /** Where it answers /readyz. */
  url: string;
  /** It may end itself by SIGKILL, as a process does that the kernel kills. */
  mayKillItself?: boolean;
  /** Gets every line that it logs. */
  logFile: string;
}

/** How a process ended that nobody had asked to. */
export interface UnexpectedEnd {
  name: string;
  how: string;
  lastLines: string[];
}

/** As a supervisor would, with a little patience. */
const restartMs = 1_000;
/** What a deployment leaves a service after SIGTERM. */
const endLimitMs = 40_000;
const linesKept = 12;

/** A service as a process of its own, started again a second after it ended, with the faults that can be done to it. */
export class Supervised {
  readonly unexpected: UnexpectedEnd[] = [];
  /** Deaths by its own hand. */
  ownDeaths = 0;
  /** Ends before it was ready: while Postgres is away, a service cannot start. */
  failedStarts = 0;
  kills = 0;
  /** Of all its processes, one after the other. */
  readonly pids = new Set<number>();
  /** Log lines of level `warn` and above, by their message. */
  readonly complaints = new Map<string, number>();
  isReady = false;
  isStopped = false;
  private child: ChildProcess | undefined;
  private isEnding = false;
  private isKilledByUs = false;
  private isTold = false;
  private lastEnd = '';
  private lastLines: string[] = [];
  private readonly logFile: WriteStream;

  constructor(readonly options: SupervisedOptions) {
    this.logFile = createWriteStream(options.logFile, { flags: 'a' });
    this.start();
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async whenReady(limitSeconds = 60): Promise<void> {
    for (const endMs = Date.now() + limitSeconds * 1_000; !this.isReady; await sleep(20)) {
      if (Date.now() > endMs) throw new Error(`${this.options.name} was not ready within ${limitSeconds} s:\n${this.lastLines.join('\n')}`);
    }
  }

  /** SIGKILL to the process alone: what it started has to notice by itself. */
  kill(): void {
    if (this.child === undefined) return;
    this.isKilledByUs = true;
    this.isReady = false;
    this.kills += 1;
    this.child.kill('SIGKILL');
  }

  /** SIGTERM, and a new start when it has ended: it has to do that by itself. Null when it was killed meanwhile; else how long it took, in seconds. */
  async restart(): Promise<number | null> {
    const { child } = this;
    if (child === undefined) return null;
    this.isTold = true;
    this.isReady = false;
    child.kill('SIGTERM');
    const startMs = performance.now();
    while (this.child === child && performance.now() - startMs < endLimitMs) await sleep(20);
    const seconds = (performance.now() - startMs) / 1_000;
    if (this.child === child) {
      this.unexpected.push({
        name: this.options.name,
        how: `did not end within ${seconds.toFixed(0)} s of SIGTERM`,
        lastLines: this.lastLines,
      });
      this.kill();
    }
    return this.lastEnd === 'exit code 0' ? seconds : null;
  }

  /** SIGSTOP: it stands still, and does not know. */
  stop(): void {
    this.isStopped = true;
    this.child?.kill('SIGSTOP');
  }

  wake(): void {
    this.isStopped = false;
    this.child?.kill('SIGCONT');
  }

  /** For good; by force after a while. */
  async end(limitSeconds: number): Promise<void> {
    this.isEnding = true;
    const { child } = this;
    if (child === undefined) return;
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const endMs = Date.now() + limitSeconds * 1_000;
    while (this.child !== undefined && Date.now() < endMs) await sleep(20);
    this.endNow();
    while (this.child !== undefined) await sleep(20);
    this.logFile.end();
  }

  /** At once, with all of its process group. */
  endNow(): void {
    this.isEnding = true;
    if (this.child?.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // nobody of the group is left
    }
  }

  private start(): void {
    const { entry, env } = this.options;
    const child = spawn(process.execPath, [entry], { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    if (child.pid !== undefined) this.pids.add(child.pid);
    this.isKilledByUs = false;
    this.isTold = false;
    this.note(`started as ${child.pid}`);
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => this.read(line));
    child.once('close', (code, signal) => this.onEnd(signal ?? `exit code ${code}`));
    void this.watchStart(child);
  }

  private async watchStart(child: ChildProcess): Promise<void> {
    for (; this.child === child && !this.isKilledByUs; await sleep(100)) {
      const answer = await fetch(`${this.options.url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.status === 200 && this.child === child && !this.isKilledByUs) {
        this.isReady = true;
        return;
      }
    }
  }

  private onEnd(how: string): void {
    const wasReady = this.isReady;
    this.note(`ended by ${how}${this.isKilledByUs ? ', which was our doing' : ''}`);
    this.child = undefined;
    this.isReady = false;
    if (this.isEnding) return;
    this.lastEnd = how;
    if (!this.isKilledByUs && !(this.isTold && how === 'exit code 0')) {
      if (this.options.mayKillItself && how === 'SIGKILL') this.ownDeaths += 1;
      else if (wasReady || this.isTold) this.unexpected.push({ name: this.options.name, how, lastLines: this.lastLines });
      else this.failedStarts += 1;
    }
    this.lastLines = [];
    setTimeout(() => this.isEnding || this.start(), restartMs);
  }

  private note(what: string): void {
    this.logFile.write(`${JSON.stringify({ time: new Date().toISOString(), supervisor: what })}\n`);
  }

  private read(line: string): void {
    this.logFile.write(`${line}\n`);
    this.lastLines.push(line);
    if (this.lastLines.length > linesKept) this.lastLines.shift();
    const message = complaintOf(line);
    if (message !== null) this.complaints.set(message, (this.complaints.get(message) ?? 0) + 1);
  }
}

/** Those that are ready, once any is: while PostgreSQL is away none can start, and a fault lets one stand still. */
export async function untilReady(services: readonly Supervised[]): Promise<Supervised[]> {
  for (;;) {
    const ready = services.filter(({ isReady, isStopped }) => isReady && !isStopped);
    if (ready.length > 0) return ready;
    await sleep(100);
  }
}

function complaintOf(line: string): string | null {
  if (!/^\{"level":"(warn|error|fatal)"/.test(line)) return null;
  const record: unknown = JSON.parse(line);
  return typeof record === 'object' && record !== null && 'msg' in record && typeof record.msg === 'string' ? record.msg : null;
}
