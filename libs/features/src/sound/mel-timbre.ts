/**
 * What the mel bands L in dB, at most topDb below the loudest of the clip, say over time.
 *
 *     cepstrum[k] = s[k]·Σ_b (L̄[b] − max L)·cos(π·k·(2b + 1)/(2B))        s[0] = √(1/B), s[k] = √(2/B)
 *     onset = weighted mean of 1/B·Σ_b max(0, L[t,b] − L[t−1,b]), 0 for the first frame
 *
 * L̄: weighted mean over the frames. The transform is linear, so that of the mean is the mean of those of the frames.
 */
export class MelTimbre {
  private weight = 0;
  private onsets = 0;
  private readonly sums: Float64Array;
  private readonly before: Float64Array;
  private isFirst = true;

  constructor(
    private readonly bands: number,
    private readonly floorDb: number,
    private readonly maximumDb: number,
  ) {
    this.sums = new Float64Array(bands);
    this.before = new Float64Array(bands);
  }

  /** `db`: the bands of a block's frames, as quads, not yet raised to the floor; `weights`: of these frames. */
  add(db: Float32Array, weights: Float64Array): void {
    const { bands, floorDb, sums, before } = this;
    for (let t = 0; t < weights.length; t++) {
      const at = (t >> 2) * bands * 4 + (t & 3);
      const weight = weights[t]!;
      let rise = 0;
      for (let b = 0; b < bands; b++) {
        const value = db[at + 4 * b]!;
        const level = Math.max(value, floorDb);
        const step = level - before[b]!;
        if (step > 0) rise += step;
        before[b] = level;
        sums[b]! += weight * level;
      }
      if (!this.isFirst) this.onsets += (weight * rise) / bands;
      this.isFirst = false;
      this.weight += weight;
    }
  }

  onset(): number {
    return this.onsets / this.weight;
  }

  cepstrum(coefficients: number): Float64Array {
    const { bands, sums, weight, maximumDb } = this;
    return Float64Array.from({ length: coefficients }, (_, k) => {
      let sum = 0;
      for (let b = 0; b < bands; b++) sum += (sums[b]! / weight - maximumDb) * Math.cos((Math.PI * k * (2 * b + 1)) / (2 * bands));
      return Math.sqrt((k === 0 ? 1 : 2) / bands) * sum;
    });
  }
}
