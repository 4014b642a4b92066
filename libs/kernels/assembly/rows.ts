/*
 * Puts frames into a row-major matrix: from quads [quad][row][lane] to matrix[row·stride + t], stride in values.
 *
 * Only the lanes of the first `frameCount` frames are written. True when all of these values are finite.
 */
export function quadRows(quads: usize, frameCount: i32, rows: i32, matrix: usize, stride: i32): bool {
  const rowBytes = <usize>stride << 2;
  let notFinite = f32x4.splat(0); // x − x is 0, and NaN for what is not finite
  let t = 0;
  for (; t + 4 <= frameCount; t += 4, matrix += 16) {
    for (let row = 0, p = matrix; row < rows; row++, p += rowBytes, quads += 16) {
      const x = v128.load(quads);
      notFinite = f32x4.add(notFinite, f32x4.sub(x, x));
      v128.store(p, x);
    }
  }
  let rest: f32 = 0;
  for (let row = 0; t < frameCount && row < rows; row++, matrix += rowBytes, quads += 16) {
    for (let lane: usize = 0; lane < <usize>(frameCount - t) << 2; lane += 4) {
      const x = load<f32>(quads + lane);
      rest += x - x;
      store<f32>(matrix + lane, x);
    }
  }
  return !v128.any_true(f32x4.ne(notFinite, notFinite)) && rest == rest;
}
