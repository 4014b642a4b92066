/*
 * MFCC: the first coefficients of the orthonormal DCT-II over the bands of each frame.
 *
 *     c[t,k] = s[k]·Σ_b max(floor, db[t,b])·cos(π·k·(2b + 1)/(2B))        s[0] = √(1/B), s[k] = √(2/B)
 *
 * The frame's first band is taken off before and given back to coefficient 0 (√B·x₀), so that a flat spectrum gives exactly 0 elsewhere.
 * Band b and band B − 1 − b share a cosine up to its sign, which halves the work: B is even. `cosines`: for each pair of groups of four
 * coefficients (even 0 2 4 6, then odd 1 3 5 7, then even 8 …) B/2 times four f32, s included, padded with zeros. `scratch`: 16·B bytes.
 */
export function quadCepstrum(
  db: usize, quadCount: i32, bandCount: i32, floor: f32, cosines: usize, coefficientCount: i32, scratch: usize, out: usize,
): void {
  const half = <usize>bandCount << 3;
  const floors = f32x4.splat(floor);
  const rootB = f32x4.splat(<f32>Math.sqrt(<f64>bandCount));
  for (let q = 0; q < quadCount; q++) {
    const x0 = f32x4.pmax(floors, v128.load(db));
    let mirror = db + (half << 1) - 16;
    for (let b: usize = 0; b < half; b += 16, mirror -= 16) {
      const x = f32x4.sub(f32x4.pmax(floors, v128.load(db + b)), x0);
      const y = f32x4.sub(f32x4.pmax(floors, v128.load(mirror)), x0);
      v128.store(scratch + b, f32x4.add(x, y));
      v128.store(scratch + half + b, f32x4.sub(x, y));
    }
    let w = cosines;
    for (let k = 0; k < coefficientCount; k += 8) {
      project(scratch, half, w, out, k, coefficientCount);
      project(scratch + half, half, w + half, out, k + 1, coefficientCount);
      w += half << 1;
    }
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(rootB, x0)));
    db += half << 1;
    out += <usize>coefficientCount << 4;
  }
}

/** Coefficients k, k + 2, k + 4 and k + 6, as far as there are any. */
// @ts-ignore: decorator
@inline
function project(folded: usize, bytes: usize, w: usize, out: usize, k: i32, coefficientCount: i32): void {
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(folded + i);
    a = f32x4.add(a, f32x4.mul(x, v128.load32_splat(w + i)));
    b = f32x4.add(b, f32x4.mul(x, v128.load32_splat(w + i, 4)));
    c = f32x4.add(c, f32x4.mul(x, v128.load32_splat(w + i, 8)));
    d = f32x4.add(d, f32x4.mul(x, v128.load32_splat(w + i, 12)));
  }
  const p = out + (<usize>k << 4);
  if (k < coefficientCount) v128.store(p, a);
  if (k + 2 < coefficientCount) v128.store(p, b, 32);
  if (k + 4 < coefficientCount) v128.store(p, c, 64);
  if (k + 6 < coefficientCount) v128.store(p, d, 96);
}
