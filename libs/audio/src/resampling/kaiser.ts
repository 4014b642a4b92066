/** The modified Bessel function I0 by its power series; all terms are positive, so that it is exact to rounding. */
export function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

/** c·sinc(c·t)·I0(β·√(1 − (t/reach)²))/I0(β) inside the reach, 0 outside. */
export function kaiserSinc(t: number, c: number, beta: number, reach: number): number {
  const inside = 1 - (t / reach) ** 2;
  if (inside <= 0) return 0;
  const sinc = t === 0 ? c : Math.sin(Math.PI * c * t) / (Math.PI * t);
  return (sinc * besselI0(beta * Math.sqrt(inside))) / besselI0(beta);
}
