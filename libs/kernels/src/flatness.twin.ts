/** The oracle of `quadFlatness`, of one frame: the mean logarithm and the mean of max(1e-10, P). */
export function flatnessTwin(power: ArrayLike<number>): { meanLog: number; mean: number } {
  let logs = 0;
  let sum = 0;
  for (let k = 0; k < power.length; k++) {
    const p = Math.max(1e-10, power[k]!);
    logs += Math.log(p);
    sum += p;
  }
  return { meanLog: logs / power.length, mean: sum / power.length };
}
