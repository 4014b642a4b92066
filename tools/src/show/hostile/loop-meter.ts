import { closeSync, existsSync, openSync, readSync } from 'node:fs';

const periodMs = 5;

/**
 * How long this thread's event loop was held up at most. Between two ticks of a timer the thread sleeps until the timer is due, works
 * or stands still in a call, or is ready and waits for a processor that other programs have. The last of these the kernel counts
 * (Linux), and it is not held against the loop:
 *
 *     block = (time between two ticks) − (time the thread waited for a processor) − (the timer's period)
 */
export class LoopMeter {
  longestBlockMs = 0;
  /** The same with the time waited for a processor. */
  longestDelayMs = 0;
  private readonly clock = new WaitClock();
  private lastAtMs = performance.now();
  private lastWaitedMs = this.clock.waitedMs();
  private readonly timer = setInterval(() => this.tick(), periodMs);

  stop(): void {
    clearInterval(this.timer);
    this.clock.close();
  }

  /** What the loop was held up by until now, since the last tick, is not counted. */
  forgive(): void {
    this.lastAtMs = performance.now();
    this.lastWaitedMs = this.clock.waitedMs();
  }

  private tick(): void {
    const [atMs, waitedMs] = [performance.now(), this.clock.waitedMs()];
    const delayMs = atMs - this.lastAtMs - periodMs;
    this.longestDelayMs = Math.max(this.longestDelayMs, delayMs);
    this.longestBlockMs = Math.max(this.longestBlockMs, delayMs - (waitedMs - this.lastWaitedMs));
    this.lastAtMs = atMs;
    this.lastWaitedMs = waitedMs;
  }
}

const schedulerStatistics = '/proc/thread-self/schedstat';

/** How long the thread that made it was ready to run and had no processor, since it exists. Always 0 where the kernel does not tell. */
class WaitClock {
  private readonly file = existsSync(schedulerStatistics) ? openSync(schedulerStatistics, 'r') : null;
  private readonly text = Buffer.alloc(80);

  /** The second of three numbers: nanoseconds on a processor, nanoseconds in its queue, times it got one. */
  waitedMs(): number {
    if (this.file === null) return 0;
    const length = readSync(this.file, this.text, 0, this.text.length, 0);
    return Number(this.text.toString('latin1', 0, length).split(' ')[1]) / 1e6;
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
  }
}
