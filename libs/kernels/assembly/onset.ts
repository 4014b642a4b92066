/*
 * How much louder each frame is than the one before, over the mel bands.
 *
 *     rise[t,b] = max(0, max(floor, db[t,b]) − max(floor, db[t−1,b]))        out[t] = median_b or mean_b of rise[t,b]
 *
 * `before`: the quad that precedes the first one; its last lane is the frame before (give the first quad itself for the first frame
 * of a clip: its value then means nothing). bandCount is even: the median is the mean of the two middle values, and 0 unless at least
 * half of the bands rise. `scratch`: 16·bandCount bytes.
 */
export function quadOnset(
  db: usize, quadCount: i32, bandCount: i32, floor: f32, before: usize, isMedian: bool, scratch: usize, out: usize,
): void {
  const bytes = <usize>bandCount << 4;
  const floors = f32x4.splat(floor);
  const zero = f32x4.splat(0);
  const half = bandCount >> 1;
  for (let q = 0; q < quadCount; q++) {
    let sum = zero;
    let notRising = i32x4.splat(bandCount); // each comparison that holds adds −1
    for (let i: usize = 0; i < bytes; i += 16) {
      const now = f32x4.pmax(floors, v128.load(db + i));
      const last = f32x4.pmax(floors, v128.load(before + i));
      const rise = f32x4.pmax(zero, f32x4.sub(now, v128.shuffle<f32>(last, now, 3, 4, 5, 6)));
      v128.store(scratch + i, rise);
      sum = f32x4.add(sum, rise);
      notRising = i32x4.add(notRising, f32x4.gt(rise, zero));
    }
    if (!isMedian) v128.store(out, f32x4.div(sum, f32x4.splat(<f32>bandCount)));
    else if (v128.any_true(i32x4.le_s(notRising, i32x4.splat(half)))) v128.store(out, median(scratch, bytes, half));
    else v128.store(out, zero);
    before = db;
    db += bytes;
    out += 16;
  }
}

/**
 * The median of each lane's non-negative values: their order is that of their bits, so the value of rank half − 1 is found bit by
 * bit from the top (the largest number below which fewer than `half` values lie), all lanes together.
 */
function median(values: usize, bytes: usize, half: i32): v128 {
  const ranks = i32x4.splat(half);
  let low = i32x4.splat(0);
  for (let bit = 1 << 30; bit != 0; bit >>= 1) {
    const trial = i32x4.add(low, i32x4.splat(bit));
    let below = i32x4.splat(0), below1 = below; // two counts: neither waits for the other
    for (let i: usize = 0; i < bytes; i += 32) {
      below = i32x4.sub(below, i32x4.lt_s(v128.load(values + i), trial));
      below1 = i32x4.sub(below1, i32x4.lt_s(v128.load(values + i, 16), trial));
    }
    low = v128.bitselect(trial, low, i32x4.lt_s(i32x4.add(below, below1), ranks));
  }
  let upTo = i32x4.splat(0);
  let next = f32x4.splat(f32.MAX_VALUE);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(values + i);
    const isAbove = f32x4.gt(x, low);
    upTo = i32x4.sub(upTo, v128.not(isAbove));
    next = f32x4.pmin(next, v128.bitselect(x, next, isAbove));
  }
  const second = v128.bitselect(low, next, i32x4.gt_s(upTo, ranks));
  return f32x4.mul(f32x4.splat(0.5), f32x4.add(low, second));
}
