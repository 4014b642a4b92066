import { EarshotError } from '@earshot/contracts';
import type { Allowed } from '../confinement/confined-command.js';
import { confinementOfHost } from '../confinement/host.js';
import type { Confinement, Layer } from '../confinement/layers.js';
import { Leftovers } from '../confinement/leftovers.js';
import type { Call } from './call.js';
import { Child } from './child.js';
import { assertBuilt } from './child-process.js';
import { cleanFailure, isOfChild } from './failure.js';
import { FairQueue } from './fair-queue.js';
import { type FunctionTable, outputValuesOf, type Signatures } from './function-table.js';
import type { FailureMessage, Reply } from './messages.js';
import { unpack } from './packed.js';
import { Turns } from './turns.js';
import { Watch } from './watch.js';

/** What a pool tells its owner's log; a pino logger fits. */
export interface Log {
  info(object: object, message: string): void;
  warn(object: object, message: string): void;
  error(object: object, message: string): void;
}

/** Why a child is no more: its call took too long or too much, it said what no child of ours says, or it ended by itself. */
export type EndReason = 'too slow' | 'too large' | 'lie' | 'crash';

export interface PoolOptions<Functions extends Signatures<Functions>> {
  /** How many child processes may work at the same time. */
  children: number;
  /** Children that are kept ready beyond those; default 1. With 0 the first starts with the first call. */
  spare?: number;
  /** By how much they give way to other processes: 0 to 19, default 0. */
  niceness?: number;
  log: Log;
  table: FunctionTable<Functions>;
  /** A built module that exports the bodies of the functions as `functions`; only children import it. */
  functionsModule: URL;
  /** A child is replaced after so many calls; default 20,000. */
  callsPerChild?: number;
  /** A child is replaced once it holds more than this after its work; default 256. */
  grownMb?: number;
  /** A child that is not ready after so long is ended, and another started; default 60,000. */
  startWithinMs?: number;
  /** A folder on the disk of the files that children are lent, where these can have a second name; default: among temporary files. */
  home?: string;
  /** What functions need that the permission model forbids; default nothing. */
  allowed?: readonly Allowed[];
  /** Layers of confinement that are not used though the host has them. */
  without?: readonly Layer[];
  /** Hears of each child that had to be ended, or ended by itself. */
  onEnded?(reason: EndReason): void;
}

const startsBeforeGivingUp = 3;

/**
 * Child processes that run named functions one call at a time, each call under its limits.
 * A call that breaks them costs its child; what waited behind it goes to another child.
 */
export class ChildPool<Functions extends Signatures<Functions>> {
  private readonly queue = new FairQueue();
  /** In use, the oldest (and warmest) first. */
  private readonly children = new Set<Child>();
  /** All whose process or folder may still be there. */
  private readonly living = new Set<Child>();
  private readonly turns: Turns;
  private readonly watch: Watch;
  private readonly leftovers: Leftovers;
  /** Since a child was last ready. */
  private failedStarts = 0;
  /** Why no child starts, since the last of some has failed. */
  private notStarting: string | null = null;
  private noStartBeforeMs = 0;
  private isDispatchDue = false;
  private closed = false;

  /** What keeps its children in their place, on this host. */
  readonly confinement: Confinement;

  constructor(private readonly options: PoolOptions<Functions>) {
    assertBuilt(options.functionsModule);
    this.confinement = confinementOfHost(options.without);
    const { children: most, spare = 1, startWithinMs = 60_000 } = options;
    this.turns = new Turns(this.queue, this.children, {
      most,
      spare,
      isWorn: (child) => this.isWorn(child),
      isStartHopeful: () => this.failedStarts === 0,
    });
    this.watch = new Watch(this.children, startWithinMs, {
      onExceeded: (child, error) => {
        options.log.warn({ pid: child.pid, code: error.code, detail: error.detail }, 'sandbox: child killed');
        options.onEnded?.(error.code === 'AUDIO_TOO_SLOW' ? 'too slow' : 'too large');
        this.end(child, error);
      },
      onStuck: (child) => this.lose(child, `was not ready after ${startWithinMs} ms`),
      onRound: () => {
        this.turns.takeBack();
        this.dispatch();
        return this.turns.isAtWork;
      },
    });
    this.leftovers = new Leftovers(options.home, () => Array.from(this.living, ({ place }) => place));
    this.refill();
    this.watch.wake(); // also over how long the first ones take
  }

  /** Runs a function in a child. Rejects with the function's own EarshotError, AUDIO_TOO_SLOW, MEMORY_EXCEEDED, SANDBOX_CRASHED, SANDBOX_UNAVAILABLE, or the signal's reason. */
  run<Name extends keyof Functions & string>(
    name: Name,
    input: Functions[Name]['input'],
    { signal, group = '' }: { signal?: AbortSignal; group?: string } = {},
  ): Promise<Functions[Name]['output']> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new EarshotError('SHUTTING_DOWN', 'the sandbox is closed');
      signal?.throwIfAborted();
      const spec = this.options.table[name];
      const abort = () => this.abort(call, signal?.reason);
      const call: Call = {
        name,
        group,
        inputFor: (lend) => spec.lend?.(input, lend) ?? input,
        limits: spec.limits(input),
        resolve: (value) => {
          signal?.removeEventListener('abort', abort);
          resolve(spec.output.parse(value));
        },
        reject: (reason) => {
          signal?.removeEventListener('abort', abort);
          reject(reason);
        },
      };
      signal?.addEventListener('abort', abort);
      this.queue.push(call);
      this.dispatchSoon();
    });
  }

  /** Throws SANDBOX_UNAVAILABLE while no child starts, and has another try. */
  async ping(): Promise<void> {
    if (this.notStarting === null) return;
    this.dispatch();
    throw unavailable(this.notStarting);
  }

  /** Ends all children; what was under way is rejected with SHUTTING_DOWN. */
  async close(): Promise<void> {
    this.closed = true;
    this.watch.stop();
    this.leftovers.stop();
    const abandoned = [...this.queue.take(this.queue.size), ...Array.from(this.children, (child) => child.kill()).flat()];
    this.children.clear();
    for (const call of abandoned) call.reject(new EarshotError('SHUTTING_DOWN', 'the sandbox is closing'));
    for (const child of this.living) child.holdParent();
    await Promise.all(Array.from(this.living, (child) => child.ended));
  }

  /** Calls that are made in one turn of the event loop share messages. */
  private dispatchSoon(): void {
    if (this.isDispatchDue) return;
    this.isDispatchDue = true;
    queueMicrotask(() => {
      this.isDispatchDue = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    if (this.closed) return;
    for (const child of this.children) if (child.load === 0 && this.isWorn(child)) this.retire(child);
    this.refill();
    this.turns.deal();
    if (this.turns.isAtWork) this.watch.wake();
  }

  /** One child more than there is work for (by default), so that the next call after a kill does not wait for a process to start. */
  private refill(): void {
    const { spare = 1 } = this.options;
    const least = this.notStarting === null ? 0 : 1; // or nobody would find out that they start again
    const wanted = Math.max(least, Math.min(this.turns.slots, this.turns.busy + this.queue.size) + spare);
    while (!this.closed && this.children.size < wanted && performance.now() >= this.noStartBeforeMs) {
      try {
        this.startChild();
      } catch (error) {
        this.failToStart(String(error)); // no space for its folder, no process left
      }
    }
  }

  private startChild(): void {
    const { functionsModule, niceness = 0, allowed = [], home } = this.options;
    const { confinement } = this;
    const child = new Child(
      { functionsModule, confinement, niceness, allowed, home },
      {
        onReady: () => {
          this.failedStarts = 0;
          this.notStarting = null;
          this.dispatch();
        },
        onReply: (from, reply, call) => this.settle(from, reply, call),
        onLie: (from, lie) => this.expose(from, lie),
        onEnd: (from, how) => this.lose(from, how),
      },
    );
    this.children.add(child);
    this.living.add(child);
    child.ended
      .catch((error) => this.options.log.warn({ error }, 'sandbox: the folders of a child could not be removed'))
      .finally(() => this.living.delete(child));
  }

  private settle(child: Child, reply: Reply, call: Call | null): void {
    if (call && (reply.kind === 'result' || reply.kind === 'file')) {
      // Before the next turn comes, which may write to the child's folder.
      child
        .resultOf(reply, call.limits)
        .then((bytes) => call.resolve(unpack(bytes, outputValuesOf(call.limits))))
        .catch((error) => this.refuse(child, call, error));
    }
    this.dispatch();
    if (call && reply.kind === 'failure') call.reject(this.errorOf(reply.failure, call));
  }

  private refuse(child: Child, call: Call, lie: unknown): void {
    call.reject(new EarshotError('INTERNAL', `${call.name} returned something else than it promises`, { cause: lie }));
    if (this.children.has(child)) this.expose(child, lie);
  }

  /** Who lies once is not believed again. */
  private expose(child: Child, lie: unknown): void {
    this.options.log.error({ pid: child.pid, error: lie, function: child.turn?.name }, 'sandbox: child killed, for it lied');
    this.options.onEnded?.('lie');
    this.end(child, new EarshotError('INTERNAL', `${child.turn?.name ?? 'an idle child'} said something else than it promises`));
  }

  private errorOf(failure: FailureMessage, { name }: Call): EarshotError {
    const { code, detail, members } = cleanFailure(failure);
    if (isOfChild(code)) return new EarshotError(code, detail, { members });
    this.options.log.error({ function: name, code, detail }, 'sandbox: a function failed unexpectedly');
    return new EarshotError('INTERNAL', `${name} failed inside the sandbox`, { cause: new Error(detail) });
  }

  private abort(call: Call, reason: unknown): void {
    this.queue.remove(call);
    for (const child of this.children) {
      if (child.turn?.call === call) this.end(child, reason);
      else child.drop(call);
    }
    call.reject(reason);
  }

  /** Kills a child for what its current call did; the others it had go to the front of the queue. */
  private end(child: Child, reason: unknown): void {
    const guilty = child.turn?.call;
    if (guilty) this.turns.hasCost(guilty.group);
    this.children.delete(child);
    const calls = child.kill();
    guilty?.reject(reason);
    this.queue.putBack(calls.filter((call) => call !== guilty));
    this.dispatch();
  }

  /** A child ended that nobody killed. */
  private lose(child: Child, how: string): void {
    if (!this.children.has(child)) return;
    this.options.log.warn({ pid: child.pid, how, stderr: child.lastWords }, 'sandbox: child ended unexpectedly');
    this.options.onEnded?.('crash');
    this.end(child, new EarshotError('SANDBOX_CRASHED', `${child.turn?.name ?? 'an idle child'} ${how}`));
    if (!child.ready) this.failToStart(how);
  }

  /** Tries again, but not in a tight loop; what waits for a first child to start does not wait for ever. */
  private failToStart(how: string): void {
    if (++this.failedStarts % startsBeforeGivingUp !== 0) return;
    this.noStartBeforeMs = performance.now() + 1000;
    this.options.log.error({ how }, 'sandbox: children do not start');
    for (const child of this.children) if (child.ready) return;
    this.notStarting = how;
    for (const call of this.queue.take(this.queue.size)) call.reject(unavailable(how));
  }

  private isWorn(child: Child): boolean {
    const { callsPerChild = 20_000, grownMb = 256 } = this.options;
    return child.completed >= callsPerChild || child.residentMb > grownMb;
  }

  private retire(child: Child): void {
    const { pid, completed, residentMb } = child;
    this.options.log.info({ pid, completed, residentMb: Math.round(residentMb) }, 'sandbox: child replaced');
    this.children.delete(child);
    child.kill();
  }
}

/** No fault of the calls that waited: elsewhere, or later, they can be answered. */
function unavailable(how: string): EarshotError {
  return new EarshotError('SANDBOX_UNAVAILABLE', `child processes do not start: the last ${how}`);
}
