import { held } from './lanes';

/*
 * Centroid, bandwidth and roll-off of each frame of magnitudes S.
 *
 *     centroid[t]  = binHz·Σ k·S[t,k] / Σ S[t,k]
 *     bandwidth[t] = binHz·√(Σ S[t,k]·(k − centroid[t]/binHz)² / Σ S[t,k])
 *     rolloff[t]   = binHz·min{k : Σ_{j≤k} S[t,j] ≥ 0.85·Σ S[t,j]}
 *
 * A frame whose Σ S is below the smallest normal f32 is divided by 1: all three are 0 in silence. The running sum is f32, bin after
 * bin, as librosa's: its rounding may decide between two bins. Where it passes the share by so little, 4e-6 of Σ S, that magnitudes in f32
 * leave the bin in doubt, the quad's index (u32) goes to `doubtful`, and the number of these is returned. Each output gets one f32 a frame;
 * `bandwidth` may be 0, not wanted. `sums`: 16·binCount bytes.
 */
export function quadShape(
  magnitude: usize, quadCount: i32, binCount: i32, binHz: f32, rolloffShare: f32, sums: usize, centroid: usize, bandwidth: usize, rolloff: usize, doubtful: usize,
): i32 {
  const firstDoubt = doubtful;
  const bytes = <usize>binCount << 4;
  const one = held(1);
  const hz = f32x4.splat(binHz);
  for (let q = 0; q < quadCount; q++) {
    let sum = f32x4.splat(0), weighted = sum, k = sum;
    for (let i: usize = 0; i < bytes; ) {
      const part = min(bytes, i + 512); // sums of parts of 32 bins: little rounding
      let here = f32x4.splat(0);
      for (; i < part; i += 16) {
        const s = v128.load(magnitude + i);
        sum = f32x4.add(sum, s);
        here = f32x4.add(here, f32x4.mul(k, s));
        k = f32x4.add(k, one);
        v128.store(sums + i, sum);
      }
      weighted = f32x4.add(weighted, here);
    }
    const divisor = v128.bitselect(one, sum, f32x4.lt(sum, f32x4.splat(1.1754943508222875e-38)));
    const center = f32x4.div(weighted, divisor);

    v128.store(centroid, f32x4.mul(hz, center));
    if (bandwidth) {
      v128.store(bandwidth, f32x4.mul(hz, f32x4.sqrt(f32x4.div(spreadOf(magnitude, bytes, center), divisor))));
      bandwidth += 16;
    }
    v128.store(rolloff, f32x4.mul(f32x4.splat(rolloffShare), sum));
    const last = sums + bytes - 16;
    let isDoubtful = false;
    for (let lane: usize = 0; lane < 16; lane += 4) {
      const share = load<f32>(rolloff + lane);
      const bin = firstAtLeast(sums + lane, binCount, share);
      const passed = sums + lane + (<usize>bin << 4);
      const margin: f32 = 4e-6 * load<f32>(last + lane);
      if (load<f32>(passed) - share < margin || (bin > 0 && share - load<f32>(passed - 16) < margin)) isDoubtful = true;
      store<f32>(rolloff + lane, <f32>(<f64>bin * <f64>binHz));
    }
    if (isDoubtful) {
      store<u32>(doubtful, q);
      doubtful += 4;
    }
    magnitude += bytes;
    centroid += 16;
    rolloff += 16;
  }
  return <i32>((doubtful - firstDoubt) >> 2);
}

/** Σ S·(k − center)². */
// @ts-ignore: decorator
@inline
function spreadOf(magnitudes: usize, bytes: usize, center: v128): v128 {
  const one = held(1);
  let spread = f32x4.splat(0);
  let distance = f32x4.neg(center);
  for (let i: usize = 0; i < bytes; ) {
    const part = min(bytes, i + 512);
    let here = f32x4.splat(0);
    for (; i < part; i += 16) {
      here = f32x4.add(here, f32x4.mul(v128.load(magnitudes + i), f32x4.mul(distance, distance)));
      distance = f32x4.add(distance, one);
    }
    spread = f32x4.add(spread, here);
  }
  return spread;
}

/** The first bin of one lane's rising sums that is not below `share`. */
// @ts-ignore: decorator
@inline
function firstAtLeast(sums: usize, binCount: i32, share: f32): i32 {
  let low = 0;
  let high = binCount - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<f32>(sums + (<usize>middle << 4)) >= share) high = middle;
    else low = middle + 1;
  }
  return low;
}
