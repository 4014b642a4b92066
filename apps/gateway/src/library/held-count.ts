const slowMs = 1_000;
const heldTimes = 10;

/**
 * Something that is counted when it is asked for. What took more than a second holds for ten times as long as it took, and those who ask
 * meanwhile share it: a large library is not counted by everybody at once, and a small one always anew.
 */
export class HeldCount<Value> {
  private value: Promise<Value> | null = null;
  private untilMs = 0;

  constructor(
    private readonly count: () => Promise<Value>,
    private readonly now: () => number = Date.now,
  ) {}

  read(): Promise<Value> {
    if (this.value !== null && this.now() < this.untilMs) return this.value;
    const startMs = this.now();
    const isKnownSlow = this.untilMs > 0;
    const value = this.count();
    if (isKnownSlow) this.hold(value, Number.POSITIVE_INFINITY);
    value.then(
      () => {
        const tookMs = this.now() - startMs;
        if (tookMs > slowMs) this.hold(value, this.now() + heldTimes * tookMs);
        else this.hold(null, 0);
      },
      () => this.hold(null, 0),
    );
    return value;
  }

  private hold(value: Promise<Value> | null, untilMs: number): void {
    this.value = value;
    this.untilMs = untilMs;
  }
}
