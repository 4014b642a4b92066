/** The oracle of `quadMel`: Σₖ weight[b][k]·P[k], with the whole bank written out. */
export function melTwin(power: ArrayLike<number>, weights: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(weights, (row) => Array.from(row).reduce((sum, weight, k) => sum + weight * power[k]!, 0));
}
