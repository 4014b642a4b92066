/** The oracle of `addAutocorrelations`, after the inverse transform: Σ_t Σᵢ x_t[i]·x_t[i + lag] / Σᵢ x_t[i]², x_t[i] = onset[t + i]·window[i]. */
export function autocorrelationTwin(onset: ArrayLike<number>, frameCount: number, window: ArrayLike<number>): Float64Array {
  const L = window.length;
  const sums = new Float64Array(L);
  for (let t = 0; t < frameCount; t++) {
    const x = Float64Array.from(window, (w, i) => w * onset[t + i]!);
    const energy = x.reduce((sum, value) => sum + value ** 2, 0);
    if (energy === 0) continue;
    for (let lag = 0; lag < L; lag++) for (let i = 0; i + lag < L; i++) sums[lag]! += (x[i]! * x[i + lag]!) / energy;
  }
  return sums;
}
