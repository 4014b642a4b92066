/** The oracle of `decibels`: 10·log₁₀(max(1e-10, x)). */
export function decibelsTwin(power: number): number {
  return 10 * Math.log10(Math.max(1e-10, power));
}
