interface RoundBudgets {
  roundMs: number;
  partOfRound: number;
}

/**
 * What was begun since the event loop last came round. All that has come on any connection is begun in one round: where that is a thousand
 * requests of one caller, everybody waits for all of them, whatever may be under way at once. Refusing the rest takes a small part of that.
 */
export class Round {
  private readonly begun = new Map<string, number>();
  private readonly refused = new Set<string>();
  private sinceMs = 0;
  private isOpen = false;

  constructor(private readonly budgets: RoundBudgets) {}

  /** Whether one more of this caller may be begun: a few of anybody, and more while the round is short. */
  take(holder: string): boolean {
    this.open();
    const { roundMs, partOfRound } = this.budgets;
    const own = this.begun.get(holder) ?? 0;
    if (own >= partOfRound && performance.now() - this.sinceMs > roundMs) return false;
    this.begun.set(holder, own + 1);
    return true;
  }

  /** Whoever shows this is refused until the round is over, however it was known who it is. */
  refuse(credentials: string): void {
    this.open();
    this.refused.add(credentials);
  }

  hasRefused(credentials: string): boolean {
    return this.refused.has(credentials);
  }

  private open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.sinceMs = performance.now();
    setImmediate(() => {
      this.begun.clear();
      this.refused.clear();
      this.isOpen = false;
    });
  }
}
