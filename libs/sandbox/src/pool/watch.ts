import { setImmediate } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import type { Child, Turn } from './child.js';
import { residentMb } from './resident-memory.js';

const intervalMs = 100;

interface WatchEvents {
  onExceeded(child: Child, error: EarshotError): void;
  onRound(): void;
}

/** Looks at working children from outside, every 100 ms while work is under way: the time of the current call, and the memory. */
export class Watch {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly children: ReadonlySet<Child>,
    private readonly events: WatchEvents,
  ) {}

  start(): void {
    this.timer ??= setTimeout(() => void this.round(), intervalMs);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async round(): Promise<void> {
    const { timer } = this;
    await Promise.all(Array.from(this.children, (child) => this.look(child)));
    if (this.timer !== timer) return;
    this.timer?.refresh();
    this.events.onRound();
  }

  private async look(child: Child): Promise<void> {
    const { turn, pid } = child;
    if (!turn || pid === undefined) return;
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
