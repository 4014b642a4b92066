/** The oracle of `blockEnergies`: Σ y². */
export function energyTwin(block: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < block.length; i++) sum += block[i]! ** 2;
  return sum;
}

/** The oracle of `blockCrossings`: how often y < −1e-10 changes, the first sample against `before`. */
export function crossingsTwin(block: ArrayLike<number>, before: number): { count: number; atStart: number } {
  const least = Math.fround(-1e-10);
  let count = 0;
  let atStart = 0;
  for (let i = 0; i < block.length; i++) {
    const isCrossing = block[i]! < least !== (i === 0 ? before : block[i - 1]!) < least;
    if (isCrossing) count++;
    if (isCrossing && i === 0) atStart = 1;
  }
  return { count, atStart };
}

/** The oracle of `peakAndSum`. */
export function peakAndSumTwin(samples: ArrayLike<number>): { peak: number; sum: number } {
  let [peak, sum] = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    peak = Math.max(peak, Math.abs(samples[i]!));
    sum += samples[i]!;
  }
  return { peak, sum };
}
