const part = memory.data(32, 16);

/** Four values of a row that has `count` of them left: zeros past its end. */
export function firstFour(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from);
  v128.store(part, f32x4.splat(0));
  if (count > 0) memory.copy(part, from, <usize>count << 2);
  return v128.load(part);
}

/** The first `count` of eight values. */
export function storePart(to: usize, low: v128, high: v128, count: i32): void {
  v128.store(part, low);
  v128.store(part, high, 16);
  memory.copy(to, part, <usize>count << 2);
}
