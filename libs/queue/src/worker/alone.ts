/**
 * Lets many tasks run side by side, or one suspect with nothing beside it: when its worker dies then, it was the one.
 * Suspects go before those that come after them, so that neither side starves.
 */
export class Togetherness {
  private running = 0;
  private alone = false;
  private readonly waiting: { alone: boolean; resolve: () => void }[] = [];

  async enter(alone: boolean): Promise<() => void> {
    if (this.waiting.length > 0 || !this.admits(alone)) {
      await new Promise<void>((resolve) => this.waiting.push({ alone, resolve }));
    } else {
      this.admit(alone);
    }
    return () => this.leave(alone);
  }

  private admits(alone: boolean): boolean {
    return alone ? this.running === 0 && !this.alone : !this.alone;
  }

  private admit(alone: boolean): void {
    if (alone) this.alone = true;
    else this.running += 1;
  }

  private leave(alone: boolean): void {
    if (alone) this.alone = false;
    else this.running -= 1;
    for (let next = this.waiting[0]; next !== undefined && this.admits(next.alone); next = this.waiting[0]) {
      this.waiting.shift();
      this.admit(next.alone);
      next.resolve();
    }
  }
}

/** Sees to it that a process holds one suspect at a time: others would wait beside it and, if it is guilty, die with it again and again. */
export class OneSuspect {
  private isHeld = false;

  /** `take` is told whether it may claim one. */
  async claim<Task extends { suspect: boolean }>(take: (withSuspect: boolean) => Promise<Task[]>): Promise<Task[]> {
    if (this.isHeld) return take(false);
    this.isHeld = true;
    let hasOne = false;
    try {
      const tasks = await take(true);
      hasOne = tasks.some(({ suspect }) => suspect);
      return tasks;
    } finally {
      this.isHeld = hasOne;
    }
  }

  release(): void {
    this.isHeld = false;
  }
}
