/*
 * Chroma: the power of each frame gathered into twelve pitch classes, the strongest of them set to 1.
 *
 *     raw[t,c] = Σₖ bank[k,c]·P[t,k]        chroma[t,c] = raw[t,c] / max_c raw[t,c]
 *
 * A frame whose maximum is below the smallest normal f32 is divided by 1. `bank`: twelve f32 for each bin. `out`: 12 rows, as quads.
 */
export function quadChroma(power: usize, quadCount: i32, binCount: i32, bank: usize, out: usize): void {
  const bytes = <usize>binCount << 4;
  for (let q = 0; q < quadCount; q++) {
    const zero = f32x4.splat(0);
    let a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero, i = zero, j = zero, k = zero, l = zero;
    for (let p = power, end = power + bytes, w = bank; p < end; p += 16, w += 48) {
      const x = v128.load(p);
      a = f32x4.add(a, f32x4.mul(x, v128.load32_splat(w)));
      b = f32x4.add(b, f32x4.mul(x, v128.load32_splat(w, 4)));
      c = f32x4.add(c, f32x4.mul(x, v128.load32_splat(w, 8)));
      d = f32x4.add(d, f32x4.mul(x, v128.load32_splat(w, 12)));
      e = f32x4.add(e, f32x4.mul(x, v128.load32_splat(w, 16)));
      f = f32x4.add(f, f32x4.mul(x, v128.load32_splat(w, 20)));
      g = f32x4.add(g, f32x4.mul(x, v128.load32_splat(w, 24)));
      h = f32x4.add(h, f32x4.mul(x, v128.load32_splat(w, 28)));
      i = f32x4.add(i, f32x4.mul(x, v128.load32_splat(w, 32)));
      j = f32x4.add(j, f32x4.mul(x, v128.load32_splat(w, 36)));
      k = f32x4.add(k, f32x4.mul(x, v128.load32_splat(w, 40)));
      l = f32x4.add(l, f32x4.mul(x, v128.load32_splat(w, 44)));
    }
    const m = f32x4.max(
      f32x4.max(f32x4.max(f32x4.max(a, b), f32x4.max(c, d)), f32x4.max(e, f)),
      f32x4.max(f32x4.max(f32x4.max(g, h), f32x4.max(i, j)), f32x4.max(k, l)),
    );
    const divisor = v128.bitselect(f32x4.splat(1), m, f32x4.lt(m, f32x4.splat(1.1754943508222875e-38)));
    v128.store(out, f32x4.div(a, divisor));
    v128.store(out, f32x4.div(b, divisor), 16);
    v128.store(out, f32x4.div(c, divisor), 32);
    v128.store(out, f32x4.div(d, divisor), 48);
    v128.store(out, f32x4.div(e, divisor), 64);
    v128.store(out, f32x4.div(f, divisor), 80);
    v128.store(out, f32x4.div(g, divisor), 96);
    v128.store(out, f32x4.div(h, divisor), 112);
    v128.store(out, f32x4.div(i, divisor), 128);
    v128.store(out, f32x4.div(j, divisor), 144);
    v128.store(out, f32x4.div(k, divisor), 160);
    v128.store(out, f32x4.div(l, divisor), 176);
    power += bytes;
    out += 192;
  }
}
