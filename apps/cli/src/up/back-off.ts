export interface BackOffLimits {
  firstMs: number;
  mostMs: number;
  /** A child that ran for so long was well: its next failure begins anew. */
  stableMs: number;
}

const defaultBackOff: BackOffLimits = { firstMs: 500, mostMs: 30_000, stableMs: 60_000 };

/** How long to wait before a child is started again: twice as long after each failure, until it has run well. */
export class BackOff {
  private failures = 0;

  constructor(private readonly limits: BackOffLimits = defaultBackOff) {}

  /** The failures in a row. */
  get count(): number {
    return this.failures;
  }

  /** To be asked when the child has ended after `ranMs`. */
  delayMs(ranMs: number): number {
    this.failures = ranMs >= this.limits.stableMs ? 1 : this.failures + 1;
    return Math.min(this.limits.mostMs, this.limits.firstMs * 2 ** (this.failures - 1));
  }
}
