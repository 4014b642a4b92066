const periodMs = 5;

/**
 * What holds up this thread's event loop. Between two ticks of a timer the thread sleeps until the timer is due, works, or is ready and
 * waits for a processor that other programs have; only the work is the program's own doing:
 *
 *     block = processor time of the thread between two ticks        at most one period too large
 *     delay = time between two ticks − period                       with everything that the machine's other load adds
 *
 * A call that stands still without computing shows in the delay alone, which tells something where nothing else runs.
 */
export class LoopMeter {
  longestBlockMs = 0;
  longestDelayMs = 0;
  private last = now();
  private readonly timer = setInterval(() => this.tick(), periodMs);

  stop(): void {
    clearInterval(this.timer);
  }

  /** What the loop was held up by until now, since the last tick, is not counted. */
  forgive(): void {
    this.last = now();
  }

  private tick(): void {
    const { atMs, workedMs } = now();
    this.longestBlockMs = Math.max(this.longestBlockMs, workedMs - this.last.workedMs);
    this.longestDelayMs = Math.max(this.longestDelayMs, atMs - this.last.atMs - periodMs);
    this.last = { atMs, workedMs };
  }
}

function now() {
  const { user, system } = process.threadCpuUsage();
  return { atMs: performance.now(), workedMs: (user + system) / 1000 };
}
