export interface Peak {
  height: number;
  pitch: number;
}

/** The oracle of `quadPeaks`, of one frame, in f32 where librosa's `piptrack` is. */
export function peaksTwin(P: Float32Array, firstBin: number, endBin: number, binHz: number): Peak[] {
  const f = Math.fround;
  const threshold = f(f(0.1) * P.reduce((a, b) => Math.max(a, b), 0));
  const peaks: Peak[] = [];
  for (let k = firstBin; k < endBin; k++) {
    const [left, here, right] = [P[k - 1]!, P[k]!, P[k + 1]!];
    if (here <= threshold || here <= left || here < right) continue;
    const b = f(f(right - left) / 2);
    const a = f(f(right + left) - f(2 * here));
    const shift = Math.abs(b) >= Math.abs(a) ? 0 : f(-b / a);
    peaks.push({ height: f(here + f(f(0.5 * b) * shift)), pitch: f((k + shift) * binHz) });
  }
  return peaks;
}
