/** The oracle of `quadPower`, of one frame: the running sum of the power, and the mean logarithm of P + 1e-10. */
export function powerTwin(power: ArrayLike<number>): { running: Float64Array; meanLog: number } {
  const running = new Float64Array(power.length);
  let sum = 0;
  let logs = 0;
  for (let k = 0; k < power.length; k++) {
    sum += power[k]!;
    running[k] = sum;
    logs += Math.log(power[k]! + 1e-10);
  }
  return { running, meanLog: logs / power.length };
}
