import { exp4 } from './exponential';

/** Makes each row a probability, in place: e^(x[c] − max) / Σ. */
export function softmax(x: usize, rows: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  for (let r = 0; r < rows; r++, x += rowBytes) {
    let most: f32 = -Infinity;
    for (let at: usize = 0; at < rowBytes; at += 4) most = max(most, load<f32>(x + at));
    let sum: f32 = 0;
    for (let at: usize = 0; at < rowBytes; at += 4) {
      const e = f32x4.extract_lane(exp4(f32x4.splat(load<f32>(x + at) - most)), 0);
      store<f32>(x + at, e);
      sum += e;
    }
    for (let at: usize = 0; at < rowBytes; at += 4) store<f32>(x + at, load<f32>(x + at) / sum);
  }
}
