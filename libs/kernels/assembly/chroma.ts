import { powerAt } from './lanes';

/*
 * Chroma: the power of each frame gathered into twelve pitch classes, the strongest of them set to 1.
 *
 *     raw[t,c] = Σₖ weight[k,c]·S[t,k]²        chroma[t,c] = raw[t,c] / max_c raw[t,c]
 *
 * A frame whose maximum is below the smallest normal f32 is divided by 1. From a few hundred Hz on a bin's weights are a bump on the
 * circle of classes, past three semitones below 2e-8 of its top: seven neighbours hold all of it, and bins that follow each other have
 * the same seven. `bank`: u32 count of dense bins (the first ones); their weights, twelve f32 a bin; then for each run of bins the u32
 * first class and u32 number of bins, then seven f32 a bin; a run of 0 bins ends it. `sums`: 288 bytes. `out`: 12 rows, as quads.
 * `largest`, which may be 0, not wanted, gets max_c raw[t,c], one f32 a frame.
 */
export function quadChroma(magnitude: usize, quadCount: i32, binCount: i32, bank: usize, sums: usize, out: usize, largest: usize): void {
  for (let q = 0; q < quadCount; q++) {
    memory.fill(sums, 0, 288);
    let p = magnitude;
    let w = bank + 4;
    for (const end = p + (<usize>load<u32>(bank) << 4); p < end; p += 16, w += 48) {
      const x = powerAt(p);
      for (let c: usize = 0; c < 192; c += 16) {
        v128.store(sums + c, f32x4.add(v128.load(sums + c), f32x4.mul(x, v128.load32_splat(w + (c >> 2)))));
      }
    }
    for (;;) {
      const s = sums + (<usize>load<u32>(w) << 4);
      const end = p + (<usize>load<u32>(w, 4) << 4);
      if (end == p) break;
      w += 8;
      let a = v128.load(s), b = v128.load(s, 16), c = v128.load(s, 32), d = v128.load(s, 48);
      let e = v128.load(s, 64), f = v128.load(s, 80), g = v128.load(s, 96);
      for (; p < end; p += 16, w += 28) {
        const x = powerAt(p);
        a = f32x4.add(a, f32x4.mul(x, v128.load32_splat(w)));
        b = f32x4.add(b, f32x4.mul(x, v128.load32_splat(w, 4)));
        c = f32x4.add(c, f32x4.mul(x, v128.load32_splat(w, 8)));
        d = f32x4.add(d, f32x4.mul(x, v128.load32_splat(w, 12)));
        e = f32x4.add(e, f32x4.mul(x, v128.load32_splat(w, 16)));
        f = f32x4.add(f, f32x4.mul(x, v128.load32_splat(w, 20)));
        g = f32x4.add(g, f32x4.mul(x, v128.load32_splat(w, 24)));
      }
      v128.store(s, a);
      v128.store(s, b, 16);
      v128.store(s, c, 32);
      v128.store(s, d, 48);
      v128.store(s, e, 64);
      v128.store(s, f, 80);
      v128.store(s, g, 96);
    }
    const most = normalize(sums, out);
    if (largest) {
      v128.store(largest, most);
      largest += 16;
    }
    magnitude += <usize>binCount << 4;
    out += 192;
  }
}

/** Joins the circle (rows 12 … 17 go on from row 11 as 0 … 5), divides by the largest and returns it. */
// @ts-ignore: decorator
@inline
function normalize(sums: usize, out: usize): v128 {
  let largest = f32x4.splat(0);
  for (let c: usize = 0; c < 192; c += 16) {
    let sum = v128.load(sums + c);
    if (c < 96) sum = f32x4.add(sum, v128.load(sums + c, 192));
    largest = f32x4.pmax(largest, sum);
    v128.store(out + c, sum);
  }
  const divisor = v128.bitselect(f32x4.splat(1), largest, f32x4.lt(largest, f32x4.splat(1.1754943508222875e-38)));
  for (let c: usize = 0; c < 192; c += 16) v128.store(out + c, f32x4.div(v128.load(out + c), divisor));
  return largest;
}
