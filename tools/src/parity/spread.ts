/** The standard deviation of values that come one by one. */
export class Spread {
  private count = 0;
  private mean = 0;
  private squares = 0;

  add(value: number): void {
    this.count++;
    const before = value - this.mean;
    this.mean += before / this.count;
    this.squares += before * (value - this.mean);
  }

  get sigma(): number {
    return Math.sqrt(this.squares / this.count);
  }
}

/** Bins of the histogram in one doubling; the smallest deviation that is told from 0. */
const binsPerOctave = 8;
const smallest = 2 ** -60;

/** How often deviations are how large. There are millions: they are kept as a histogram, rounded up by 9 % at most. */
export class Deviations {
  private readonly histogram = new Map<number, number>();
  count = 0;
  largest = 0;
  worstClip = '';

  add(deviation: number, clip: string): void {
    const bin = Math.ceil(Math.log2(Math.max(deviation, smallest)) * binsPerOctave);
    this.histogram.set(bin, (this.histogram.get(bin) ?? 0) + 1);
    this.count++;
    if (deviation <= this.largest) return;
    this.largest = deviation;
    this.worstClip = clip;
  }

  /** Deviations in σ, and how many there are of each. */
  inSigmaOf({ sigma }: Spread): { inSigma: number; count: number }[] {
    return [...this.histogram].map(([bin, count]) => ({ inSigma: Math.min(2 ** (bin / binsPerOctave), this.largest) / sigma || 0, count }));
  }
}

/** What 99 of 100 deviations do not exceed. */
export function percentile99(deviations: readonly { inSigma: number; count: number }[]): number {
  let left = Math.floor(deviations.reduce((sum, { count }) => sum + count, 0) * 0.01);
  for (const { inSigma, count } of deviations.toSorted((a, b) => b.inSigma - a.inSigma)) {
    left -= count;
    if (left < 0) return inSigma;
  }
  return 0;
}
