/** The oracle of `quadChroma`, of one frame, with the whole bank: twelve weights for each bin. */
export function chromaTwin(power: ArrayLike<number>, bank: Float32Array): Float64Array {
  const raw = Float64Array.from({ length: 12 }, (_, c) => {
    let sum = 0;
    for (let k = 0; k < power.length; k++) sum += bank[12 * k + c]! * power[k]!;
    return sum;
  });
  const largest = Math.max(...raw);
  return raw.map((value) => value / (largest < 1.1754943508222875e-38 ? 1 : largest));
}
