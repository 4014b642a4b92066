/** y = a + b, and nothing below 0 with `relu`; y may be a or b. */
export function sum(a: usize, b: usize, count: i32, relu: bool, y: usize): void {
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  const end = y + (<usize>count << 2);
  for (; y + 16 <= end; a += 16, b += 16, y += 16) v128.store(y, f32x4.pmax(f32x4.add(v128.load(a), v128.load(b)), floor));
  for (; y < end; a += 4, b += 4, y += 4) {
    v128.store_lane<f32>(y, f32x4.pmax(f32x4.add(v128.load32_zero(a), v128.load32_zero(b)), floor), 0);
  }
}
