/** How far resampled samples are from librosa's, by the two rates. */
export class SampleErrors {
  private readonly ratios = new Map<string, { error: number; clip: string }[]>();

  /** `largest`: what a resampled clip may be off, the RMS of the differences as a share of librosa's RMS. */
  constructor(private readonly largest = 1e-5) {}

  add(clip: string, from: number, to: number, ours: Float32Array, librosas: Float32Array): void {
    const squares = (value: (i: number) => number) => librosas.reduce((sum, _, i) => sum + value(i) ** 2, 0);
    const level = squares((i) => librosas[i]!);
    if (ours.length === librosas.length && level === 0) return; // silence has no share
    const off = squares((i) => (ours[i] ?? Number.NaN) - librosas[i]!);
    const ratio = `${from} → ${to}`;
    const errors = this.ratios.get(ratio) ?? [];
    this.ratios.set(ratio, errors);
    errors.push({ error: ours.length === librosas.length ? Math.sqrt(off / level) : Number.POSITIVE_INFINITY, clip });
  }

  table(): string {
    const lines = [...this.ratios].map(([ratio, errors]) => {
      const sorted = errors.toSorted((a, b) => a.error - b.error);
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
      const numbers = [0.5, 0.99, 1].map((share) => at(share).error.toExponential(1));
      return `| ${[ratio, sorted.length, ...numbers, at(1).clip].join(' | ')} |`;
    });
    return ['| Hz | clips | median | p99 | max | worst clip |', '|---|---|---|---|---|---|', ...lines].join('\n');
  }

  faults(): string[] {
    return [...this.ratios].flatMap(([ratio, errors]) =>
      errors
        .filter(({ error }) => !(error <= this.largest))
        .map(({ error, clip }) => `${clip}, ${ratio} Hz: samples ${error.toExponential(1)} of the RMS off`),
    );
  }
}
