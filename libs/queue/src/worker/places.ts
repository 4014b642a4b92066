/** A counted number of places, given out in the order in which they were asked for. */
export class Places {
  private free: number;
  private readonly waiting: { wanted: number; resolve: () => void }[] = [];

  constructor(readonly total: number) {
    this.free = total;
  }

  get available(): number {
    return this.waiting.length > 0 ? 0 : this.free;
  }

  /** Takes `wanted` places (all there are, if it wants more) as soon as they are free; answers how many it took. */
  async take(wanted: number): Promise<number> {
    const taken = Math.min(wanted, this.total);
    if (this.waiting.length > 0 || this.free < taken) {
      await new Promise<void>((resolve) => this.waiting.push({ wanted: taken, resolve }));
    } else {
      this.free -= taken;
    }
    return taken;
  }

  give(count: number): void {
    this.free += count;
    for (let next = this.waiting[0]; next !== undefined && next.wanted <= this.free; next = this.waiting[0]) {
      this.waiting.shift();
      this.free -= next.wanted;
      next.resolve();
    }
  }

  /** Resolves when a place is free and nobody waits before, with how many are free. It takes none. */
  async whenFree(): Promise<number> {
    await this.take(1);
    this.give(1);
    return this.free;
  }
}
