interface Waiter {
  wanted: number;
  urgency: number;
  resolve: (taken: number) => void;
}

/** A counted number of slots, given out to the most urgent first, and among these in the order in which they were asked for. */
export class Semaphore {
  private free: number;
  private readonly waiting: Waiter[] = [];

  constructor(readonly size: number) {
    this.free = size;
  }

  /** The urgency of who is next to get slots; undefined when nobody waits. */
  get nextUrgency(): number | undefined {
    return this.waiting[0]?.urgency;
  }

  get available(): number {
    return this.waiting.length > 0 ? 0 : this.free;
  }

  /**
   * Takes `wanted` slots (all there are, if it wants more) as soon as they are free; returns how many it took, 0 when aborted before. A
   * smaller `urgency` goes first.
   */
  acquire(wanted: number, signal?: AbortSignal, urgency = 0): Promise<number> {
    if (signal?.aborted) return Promise.resolve(0);
    return new Promise((resolve) => {
      const giveUp = () => this.giveUp(waiter);
      const waiter: Waiter = {
        wanted: Math.min(wanted, this.size),
        urgency,
        resolve(taken) {
          signal?.removeEventListener('abort', giveUp); // the signal lives for as long as its worker, and hears of each ring
          resolve(taken);
        },
      };
      const behind = this.waiting.findIndex((other) => other.urgency > urgency);
      this.waiting.splice(behind < 0 ? this.waiting.length : behind, 0, waiter);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.serve();
    });
  }

  release(count: number): void {
    this.free += count;
    this.serve();
  }

  /** Resolves when a slot is free and nobody waits before, with how many are free. It takes none. */
  async whenAvailable(): Promise<number> {
    this.release(await this.acquire(1));
    return this.free;
  }

  private serve(): void {
    for (let next = this.waiting[0]; next !== undefined && next.wanted <= this.free; next = this.waiting[0]) {
      this.waiting.shift();
      this.free -= next.wanted;
      next.resolve(next.wanted);
    }
  }

  private giveUp(waiter: Waiter): void {
    const at = this.waiting.indexOf(waiter);
    if (at < 0) return; // it has its slots already
    this.waiting.splice(at, 1);
    waiter.resolve(0);
    this.serve();
  }
}
