/*
 * A signal between its samples, by a short filter whose weights for each place between two samples ("phase") stand in a table.
 *
 *     out[i] = Σⱼ z[n + j]·table[p, j]        n·phaseCount + p = start + i·step, 0 ≤ p < phaseCount
 *
 * tapCount is a multiple of 4. Four results are summed side by side; `out` has room for `count` rounded up to 4, and the samples that
 * those past the last would take are read and ignored.
 */
export function interpolate(
  z: usize, table: usize, out: usize, count: i32, tapCount: i32, start: i32, step: i32, phaseCount: i32,
): void {
  const row = <usize>tapCount << 2;
  const whole = <usize>(step / phaseCount) << 2;
  const rest = step % phaseCount;
  let n = z + (<usize>(start / phaseCount) << 2);
  let p = start % phaseCount;
  for (const end = out + (<usize>count << 2); out < end; out += 16) {
    const n0 = n, w0 = table + <usize>p * row;
    n += whole, p += rest;
    if (p >= phaseCount) p -= phaseCount, n += 4;
    const n1 = n, w1 = table + <usize>p * row;
    n += whole, p += rest;
    if (p >= phaseCount) p -= phaseCount, n += 4;
    const n2 = n, w2 = table + <usize>p * row;
    n += whole, p += rest;
    if (p >= phaseCount) p -= phaseCount, n += 4;
    const n3 = n, w3 = table + <usize>p * row;
    n += whole, p += rest;
    if (p >= phaseCount) p -= phaseCount, n += 4;
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (let j: usize = 0; j < row; j += 16) {
      a = f32x4.add(a, f32x4.mul(v128.load(n0 + j), v128.load(w0 + j)));
      b = f32x4.add(b, f32x4.mul(v128.load(n1 + j), v128.load(w1 + j)));
      c = f32x4.add(c, f32x4.mul(v128.load(n2 + j), v128.load(w2 + j)));
      d = f32x4.add(d, f32x4.mul(v128.load(n3 + j), v128.load(w3 + j)));
    }
    v128.store(out, sums(a, b, c, d));
  }
}

/*
 * The same for ratios of more phases than a table should have: with rowCount rows and one more for phase 1, of which the two around each
 * place are mixed.
 *
 *     out[i] = (1 − t)·Σⱼ z[n + j]·table[r, j] + t·Σⱼ z[n + j]·table[r + 1, j]        r + t = p·rowCount/phaseCount
 */
export function interpolateBetween(
  z: usize, table: usize, out: usize, count: i32, tapCount: i32, start: i32, step: i32, phaseCount: i32, rowCount: i32,
): void {
  const row = <usize>tapCount << 2;
  const whole = <usize>(step / phaseCount) << 2;
  const rest = step % phaseCount;
  const rowsPerPhase = <f64>rowCount / <f64>phaseCount;
  let n = z + (<usize>(start / phaseCount) << 2);
  let p = start % phaseCount;
  for (const end = out + (<usize>count << 2); out < end; out += 4) {
    const r = <f64>p * rowsPerPhase;
    const w = table + <usize>r * row;
    let a = f32x4.splat(0), b = a;
    for (let j: usize = 0; j < row; j += 16) {
      const x = v128.load(n + j);
      a = f32x4.add(a, f32x4.mul(x, v128.load(w + j)));
      b = f32x4.add(b, f32x4.mul(x, v128.load(w + row + j)));
    }
    const both = sums(a, b, a, b);
    const t = <f32>(r - Math.floor(r));
    const low = f32x4.extract_lane(both, 0);
    store<f32>(out, low + t * (f32x4.extract_lane(both, 1) - low));
    n += whole, p += rest;
    if (p >= phaseCount) p -= phaseCount, n += 4;
  }
}

/** The sums over the lanes of four vectors. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
