import { besselI0 } from './bessel-i0.js';

/** A sinc that passes up to `cutoff` (1 is half the sample rate), under a Kaiser window that ends `reach` samples from its middle. */
export interface KaiserSinc {
  cutoff: number;
  beta: number;
  reach: number;
}

/** c·sinc(c·t)·I0(β·√(1 − (t/reach)²))/I0(β) inside the reach, 0 outside; c: cutoff, t in samples. */
export function kaiserSinc({ cutoff, beta, reach }: KaiserSinc, t: number): number {
  const inside = 1 - (t / reach) ** 2;
  if (inside <= 0) return 0;
  const sinc = t === 0 ? cutoff : Math.sin(Math.PI * cutoff * t) / (Math.PI * t);
  return (sinc * besselI0(beta * Math.sqrt(inside))) / besselI0(beta);
}
