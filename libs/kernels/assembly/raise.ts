/** Raises what is below `floor` to it: out = max(floor, x). `count` is a multiple of 4. */
export function raise(values: usize, count: i32, floor: f32, out: usize): void {
  const floors = f32x4.splat(floor);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) v128.store(out + i, f32x4.pmax(floors, v128.load(values + i)));
}
