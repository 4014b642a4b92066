/** The periodic Hann window: w[i] = ½ − ½·cos(2π·i/size). */
export function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
}
