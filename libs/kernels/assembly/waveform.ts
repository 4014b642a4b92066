import { held, maxLane } from './lanes';

/*
 * Energy and zero crossings of consecutive blocks of samples.
 *
 *     energy[b] = Σ y[i]²        crossings[b] = #{i : s[i] ≠ s[i−1]}, s[i] = y[i] < −1e-10        i = b·block … (b + 1)·block − 1
 *
 * `block` is a multiple of 4 and `pcm` holds blockCount whole blocks after one sample that precedes them (at pcm − 4).
 * `atStart[b]` is 1 when the first sample of block b crosses.
 */
export function blockEnergies(pcm: usize, blockCount: i32, block: i32, energies: usize): void {
  const bytes = <usize>block << 2;
  for (let block0 = 0; block0 < blockCount; block0++, energies += 8) {
    let a = f32x4.splat(0), b = a, c = a, d = a; // sixteen short sums: little rounding
    let p = pcm;
    const end = pcm + bytes;
    for (const last = pcm + (bytes & ~63); p < last; p += 64) {
      const w = v128.load(p), x = v128.load(p, 16), y = v128.load(p, 32), z = v128.load(p, 48);
      a = f32x4.add(a, f32x4.mul(w, w));
      b = f32x4.add(b, f32x4.mul(x, x));
      c = f32x4.add(c, f32x4.mul(y, y));
      d = f32x4.add(d, f32x4.mul(z, z));
    }
    for (; p < end; p += 16) {
      const y = v128.load(p);
      a = f32x4.add(a, f32x4.mul(y, y));
    }
    const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
    store<f64>(
      energies,
      <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1) + <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3),
    );
    pcm += bytes;
  }
}

export function blockCrossings(pcm: usize, blockCount: i32, block: i32, crossings: usize, atStart: usize): void {
  const bytes = <usize>block << 2;
  const least = held(-1e-10);
  for (let b = 0; b < blockCount; b++, crossings += 4, atStart += 4) {
    let count = i32x4.splat(0);
    for (let p = pcm, end = pcm + bytes; p < end; p += 16) {
      const now = f32x4.lt(v128.load(p), least);
      const last = f32x4.lt(v128.load(p - 4), least);
      count = i32x4.sub(count, v128.xor(now, last));
    }
    store<u32>(
      crossings,
      i32x4.extract_lane(count, 0) + i32x4.extract_lane(count, 1) + i32x4.extract_lane(count, 2) + i32x4.extract_lane(count, 3),
    );
    store<u32>(atStart, <u32>(load<f32>(pcm) < -1e-10 != load<f32>(pcm - 4) < -1e-10));
    pcm += bytes;
  }
}

/**
 * The greatest |y| (f32, at `out`) and Σ y (f64, at out + 8) of `count` samples, a multiple of 4. A sample that is no number makes the sum none.
 */
export function peakAndSum(pcm: usize, count: i32, out: usize): void {
  let peak = f32x4.splat(0);
  let a = f64x2.splat(0), b = a;
  for (let p = pcm, end = pcm + (<usize>count << 2); p < end; p += 16) {
    const y = v128.load(p);
    peak = f32x4.pmax(peak, f32x4.abs(y));
    a = f64x2.add(a, f64x2.promote_low_f32x4(y));
    b = f64x2.add(b, f64x2.promote_low_f32x4(v128.shuffle<f32>(y, y, 2, 3, 2, 3)));
  }
  const sum = f64x2.add(a, b);
  store<f32>(out, maxLane(peak));
  store<f64>(out, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1), 8);
}

/** How many of `count` samples, a multiple of 4, have |y| > level. */
export function countBeyond(pcm: usize, count: i32, level: f32): i32 {
  const least = f32x4.splat(level);
  let beyond = i32x4.splat(0);
  for (let p = pcm, end = pcm + (<usize>count << 2); p < end; p += 16) {
    beyond = i32x4.sub(beyond, f32x4.gt(f32x4.abs(v128.load(p)), least));
  }
  return i32x4.extract_lane(beyond, 0) + i32x4.extract_lane(beyond, 1) + i32x4.extract_lane(beyond, 2) + i32x4.extract_lane(beyond, 3);
}
