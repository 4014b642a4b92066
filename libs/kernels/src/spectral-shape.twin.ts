export interface Shape {
  centroid: number;
  bandwidth: number;
  rolloff: number;
}

/** The oracle of `quadShape`, of one frame of magnitudes. The running sum is rounded to f32 at each bin, as numpy's `cumsum` does. */
export function shapeTwin(S: Float32Array, binHz: number, share: number): Shape {
  const running = new Float32Array(S.length);
  let sum = 0;
  let weighted = 0;
  S.forEach((s, k) => {
    running[k] = (running[k - 1] ?? 0) + s;
    sum += s;
    weighted += k * s;
  });
  const divisor = sum < 1.1754943508222875e-38 ? 1 : sum;
  const center = weighted / divisor;
  const spread = S.reduce((total, s, k) => total + s * (k - center) ** 2, 0);
  const least = Math.fround(Math.fround(share) * running[S.length - 1]!);
  return {
    centroid: binHz * center,
    bandwidth: binHz * Math.sqrt(spread / divisor),
    rolloff: binHz * running.findIndex((value) => value >= least),
  };
}
