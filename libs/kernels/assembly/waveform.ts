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
  for (let b = 0; b < blockCount; b++, energies += 8) {
    let low = f64x2.splat(0), high = low;
    for (let p = pcm, end = pcm + bytes; p < end; p += 16) {
      const y = v128.load(p);
      const square = f32x4.mul(y, y);
      low = f64x2.add(low, f64x2.promote_low_f32x4(square));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(square, square, 2, 3, 2, 3)));
    }
    low = f64x2.add(low, high);
    store<f64>(energies, f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1));
    pcm += bytes;
  }
}

export function blockCrossings(pcm: usize, blockCount: i32, block: i32, crossings: usize, atStart: usize): void {
  const bytes = <usize>block << 2;
  const least = f32x4.splat(-1e-10);
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
