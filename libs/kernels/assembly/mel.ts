import { powerAt } from './lanes';

/*
 * The mel bands of magnitude quads.
 *
 *     mel[t,b] = Σₖ weight[b,k]·S[t,k]²
 *
 * Between two neighbouring mel points a bin counts for two bands only: it rises in one and falls in the one before. `bank`: for each of
 * the bandCount + 1 gaps the first bin (u32) and the number of bins (u32), then for each bin of each gap its rising and its falling
 * weight (two f32). `out`: bandCount rows, as quads.
 */
export function quadMel(magnitude: usize, quadCount: i32, binCount: i32, bank: usize, bandCount: i32, out: usize): void {
  const zero = f32x4.splat(0);
  for (let q = 0; q < quadCount; q++) {
    let gap = bank;
    let w = bank + (<usize>(bandCount + 1) << 3);
    let rising = zero;
    for (let band = 0; band <= bandCount; band++, gap += 8) {
      const wEnd = w + (<usize>load<u32>(gap, 4) << 3);
      let p = magnitude + (<usize>load<u32>(gap) << 4);
      let rise = zero, fall = zero, rise1 = zero, fall1 = zero;
      for (; w + 8 < wEnd; w += 16, p += 32) {
        const x = powerAt(p), x1 = powerAt(p + 16);
        rise = f32x4.add(rise, f32x4.mul(x, v128.load32_splat(w)));
        fall = f32x4.add(fall, f32x4.mul(x, v128.load32_splat(w, 4)));
        rise1 = f32x4.add(rise1, f32x4.mul(x1, v128.load32_splat(w, 8)));
        fall1 = f32x4.add(fall1, f32x4.mul(x1, v128.load32_splat(w, 12)));
      }
      if (w < wEnd) {
        const x = powerAt(p);
        rise = f32x4.add(rise, f32x4.mul(x, v128.load32_splat(w)));
        fall = f32x4.add(fall, f32x4.mul(x, v128.load32_splat(w, 4)));
        w += 8;
      }
      if (band > 0) v128.store(out + (<usize>(band - 1) << 4), f32x4.add(rising, f32x4.add(fall, fall1)));
      rising = f32x4.add(rise, rise1);
    }
    magnitude += <usize>binCount << 4;
    out += <usize>bandCount << 4;
  }
}
