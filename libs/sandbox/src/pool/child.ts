import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Call } from './call.js';
import type { Limits } from './function-table.js';
import { giveWay } from './give-way.js';
import { killGroup } from './kill-group.js';
import type { FromChild, Reply, ToChild } from './messages.js';

/** A call as one child has it: `call` is null once nobody waits for this child's answer any more. */
export interface Turn {
  readonly id: number;
  readonly name: string;
  readonly limits: Limits;
  call: Call | null;
}

export interface ChildEvents {
  onReady(child: Child): void;
  /** `call` is null when it was taken back before its answer came. */
  onReply(child: Child, reply: Reply, call: Call | null): void;
  /** The process has gone and everything it said has been heard. */
  onEnd(child: Child, how: string): void;
}

const entry = fileURLToPath(new URL('../../dist/child/child.js', import.meta.url));

// Children see nothing of the service's environment, which holds its passwords; only where programs are found.
const environment = { PATH: '/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin' };

const keptStderrChars = 2000;

/** One child process, the leader of its own process group, and the calls it was sent: it works on the first of them. */
export class Child {
  ready = false;
  killed = false;
  completed = 0;
  /** As last seen from outside while it worked. */
  residentMb = 0;
  /** When the turn of the first call came, by the clock of `performance.now()`. */
  turnStartedAtMs = 0;
  /** Resolves when the process has gone and its folder too. */
  readonly ended: Promise<void>;
  private readonly sent: Turn[] = [];
  private readonly process: ChildProcess;
  private stderrTail = '';

  constructor(functionsModule: URL, niceness: number, events: ChildEvents) {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-sandbox-'));
    this.process = fork(entry, [functionsModule.href, folder, String(process.pid)], {
      detached: true,
      env: environment,
      execArgv: ['--max-semi-space-size=1'], // a clip's arrays lie outside; with more room the codecs' garbage waits longer
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    if (this.pid !== undefined && niceness > 0) giveWay(this.pid, niceness);
    this.process.on('message', (message) => {
      if (!this.killed && isFromChild(message)) this.hear(message, events);
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderrTail = (this.stderrTail + text).slice(-keptStderrChars);
    });
    this.letParentExit();
    this.ended = this.whenGone()
      .then((how) => events.onEnd(this, how))
      .finally(() => rm(folder, { recursive: true, force: true }));
  }

  /** What it was sent and has not answered. */
  get load(): number {
    return this.sent.length;
  }

  /** What it works on. */
  get turn(): Turn | null {
    return this.sent[0] ?? null;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** The last it wrote to its standard error. */
  get lastWords(): string {
    return this.stderrTail.trim();
  }

  send(calls: readonly Call[]): void {
    if (this.sent.length === 0) this.turnStartedAtMs = performance.now();
    this.sent.push(...calls.map((call) => ({ id: call.id, name: call.name, limits: call.limits, call })));
    this.post({ kind: 'calls', calls: calls.map(({ id, name, input, limits }) => ({ id, name, input, outputBytes: limits.outputBytes })) });
  }

  /** Gives up waiting for a call that waits behind the current one. */
  drop(call: Call): void {
    const sent = this.sent.find((other) => other.call === call);
    if (!sent) return;
    sent.call = null;
    this.post({ kind: 'drop', ids: [sent.id] });
  }

  /** Takes back everything that waits behind the current call. */
  takeBackWaiting(): Call[] {
    const waiting = this.sent.slice(1).flatMap(({ call }) => call ?? []);
    const ids = waiting.map(({ id }) => id);
    for (const sent of this.sent.slice(1)) sent.call = null;
    if (ids.length > 0) this.post({ kind: 'drop', ids });
    return waiting;
  }

  /** Ends the process and its programs at once, and hands out what it had: the current call first. Nothing it still says is heard. */
  kill(): Call[] {
    this.killed = true;
    if (this.pid !== undefined) killGroup(this.pid);
    return this.takeAll();
  }

  takeAll(): Call[] {
    return this.sent.splice(0).flatMap(({ call }) => call ?? []);
  }

  /** While a child is waited for, it keeps the parent running. */
  holdParent(): void {
    this.process.ref();
    this.process.channel?.ref?.();
  }

  /** An idle pool does not keep its parent running; what is under way is held by the pool's own timer. */
  private letParentExit(): void {
    this.process.unref();
    this.process.channel?.unref?.();
    const { stderr } = this.process;
    if (stderr && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref();
  }

  private hear(message: FromChild, events: ChildEvents): void {
    if (message.kind === 'ready') {
      this.ready = true;
      events.onReady(this);
      return;
    }
    const place = this.sent.findIndex(({ id }) => id === message.id);
    const answered = this.sent[place];
    if (!answered) return;
    this.sent.splice(place, 1);
    if (place === 0) this.turnStartedAtMs = performance.now();
    if (message.kind !== 'dropped') this.completed++;
    events.onReply(this, message, answered.call);
  }

  private post(message: ToChild): void {
    // An error here means that the process is ending; its end is told by 'exit' and 'disconnect'.
    this.process.send(message, () => {});
  }

  /** Both ends must have come: 'exit' may overtake the last messages, 'disconnect' is behind them. */
  private whenGone(): Promise<string> {
    const exit = new Promise<string>((resolve) => {
      this.process.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
      this.process.on('error', (error) => this.pid === undefined && resolve(`did not start: ${error.message}`));
    });
    const disconnect = new Promise<void>((resolve) => {
      this.process.once('disconnect', resolve);
      this.process.on('error', () => this.pid === undefined && resolve());
    });
    return Promise.all([exit, disconnect]).then(([how]) => how);
  }
}

/** A pool whose children cannot start says so when it is made, not by its first call. */
export function assertBuilt(functionsModule: URL): void {
  for (const file of [entry, fileURLToPath(functionsModule)]) {
    if (!existsSync(file)) throw new Error(`${file} does not exist: child processes run the built code, so run \`npm run build\` first`);
  }
}

function isFromChild(message: unknown): message is FromChild {
  return typeof message === 'object' && message !== null && 'kind' in message;
}
