import { setImmediate } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import type { Child, Turn } from './child.js';
import { residentMb } from './resident-memory.js';

/** How often it looks while work is under way, and while there is none. */
const intervalMs = { atWork: 100, atRest: 1_000 };

interface WatchEvents {
  onExceeded(child: Child, error: EarshotError): void;
  /** It has not said that it is ready for so long. */
  onStuck(child: Child): void;
  /** Answers whether work is under way. */
  onRound(): boolean;
}

/**
 * Looks at children from outside: the time of the current call, the memory, also of those that have nothing to do, for what has taken one
 * over need not rest when its call is answered; and how long one takes to start.
 */
export class Watch {
  private timer: NodeJS.Timeout | null = null;
  private isAtWork = false;

  constructor(
    private readonly children: ReadonlySet<Child>,
    private readonly startWithinMs: number,
    private readonly events: WatchEvents,
  ) {}

  /** Work is under way from now on, until a round finds none. */
  wake(): void {
    if (!this.isAtWork) this.turnTo(true);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** At rest it keeps no process running. */
  private turnTo(isAtWork: boolean): void {
    this.stop();
    this.isAtWork = isAtWork;
    this.timer = setTimeout(() => void this.round(), isAtWork ? intervalMs.atWork : intervalMs.atRest);
    if (!isAtWork) this.timer.unref();
  }

  private async round(): Promise<void> {
    const { timer } = this;
    await Promise.all(Array.from(this.children, (child) => this.look(child)));
    if (this.timer !== timer) return;
    const isAtWork = this.events.onRound();
    if (this.timer !== timer) return;
    if (this.isAtWork === isAtWork) timer?.refresh();
    else this.turnTo(isAtWork);
  }

  private async look(child: Child): Promise<void> {
    const { turn, pid } = child;
    if (pid === undefined) return;
    if (!child.ready && performance.now() - child.startedAtMs > this.startWithinMs) return this.events.onStuck(child);
    if (!turn) {
      child.residentMb = await residentMb(pid);
      return;
    }
    const error = tooSlow(child, turn) ?? (await tooLarge(child, turn, pid));
    if (!error) return;
    await setImmediate(); // when this loop was held up, the answer may be waiting to be read
    if (child.turn === turn) this.events.onExceeded(child, error);
  }
}

function tooSlow(child: Child, { name, limits }: Turn): EarshotError | null {
  if (performance.now() - child.turnStartedAtMs <= limits.wallClockMs) return null;
  const limit = Math.round(limits.wallClockMs);
  return new EarshotError('AUDIO_TOO_SLOW', `${name} took longer than ${limit} ms`, { members: { limit } });
}

async function tooLarge(child: Child, { name, limits }: Turn, pid: number): Promise<EarshotError | null> {
  child.residentMb = await residentMb(pid);
  if (child.residentMb <= limits.memoryMb) return null;
  const detail = `${name} held ${Math.round(child.residentMb)} MB, limit ${limits.memoryMb} MB`;
  return new EarshotError('MEMORY_EXCEEDED', detail, { members: { limit: limits.memoryMb } });
}
