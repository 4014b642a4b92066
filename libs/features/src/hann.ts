/** The periodic Hann window, w[i] = ½ − ½·cos(2π·i/size), with the operations of scipy, whose roundings reach the quietest bins. */
export function hann(size: number): Float64Array {
  const step = (2 * Math.PI) / size;
  return Float64Array.from({ length: size }, (_, i) => 0.5 + 0.5 * Math.cos(i * step - Math.PI));
}
