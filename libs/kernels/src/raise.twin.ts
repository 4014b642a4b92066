/** The oracle of `raise`: max(floor, x). */
export function raiseTwin(values: Float32Array, floor: number): Float32Array {
  return values.map((value) => Math.max(floor, value));
}
