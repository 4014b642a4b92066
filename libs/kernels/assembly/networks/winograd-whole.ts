import { madd } from './madd';

/*
 * Winograd's minimal filtering F(4, 3) (S. Winograd, Arithmetic complexity of computations, 1980): four outputs of a filter of three taps
 * by six multiplications, not twelve. Over two axes, F(4×4, 3×3), by 36, not 144 (A. Lavin, S. Gray, Fast algorithms for convolutional
 * neural networks, 2015):
 *
 *     y = Aᵀ·[(G·w·Gᵀ) ⊙ (Bᵀ·x·B)]·A
 *
 * Polynomials of degree 5 are multiplied at the points 0, ±a, ±b and ∞. With a = √½ and b = √2, each the inverse of the other, rounding
 * errors are about twice those of the plain sum; with the points ±1, ±2 that are mostly taken they are five times as large.
 *
 *          ⎡1  0 −5/2  0  1  0⎤       ⎡  1     0     0 ⎤        ⎡1  1   1   1   1  0⎤
 *          ⎢0 −b  −2   a  1  0⎥       ⎢−2/3 −2a/3 −1/3 ⎥   Aᵀ = ⎢0  a  −a   b  −b  0⎥
 *     Bᵀ = ⎢0  b  −2  −a  1  0⎥   G = ⎢−2/3  2a/3 −1/3 ⎥        ⎢0 1/2 1/2  2   2  0⎥
 *          ⎢0 −a −1/2  b  1  0⎥       ⎢ 1/6   b/6  1/3 ⎥        ⎣0 a/2 −a/2 2b −2b 1⎦
 *          ⎢0  a −1/2 −b  1  0⎥       ⎢ 1/6  −b/6  1/3 ⎥
 *          ⎣0  1   0 −5/2  0  1⎦      ⎣  0     0     1 ⎦
 *
 * The gradient of w is the adjoint of this: Gᵀ·[Σ (Bᵀ·x·B) ⊙ (A·d·Aᵀ)]·G. Each function here multiplies one line of vectors by one of the
 * matrices, reading every `step` bytes and writing every `toStep`: called for the columns and then for the rows it does both axes.
 */

const a: f32 = 0.70710678118654752;
const b: f32 = 1.4142135623730951;

/** Bᵀ·x */
// @ts-ignore: decorator
@inline
export function inputWhole(x: usize, step: usize, to: usize, toStep: usize): void {
  const x1 = v128.load(x + step);
  const x2 = v128.load(x + 2 * step);
  const x3 = v128.load(x + 3 * step);
  const x4 = v128.load(x + 4 * step);
  v128.store(to, madd(x2, f32x4.splat(-2.5), f32x4.add(v128.load(x), x4)));
  const evenA = madd(x2, f32x4.splat(-2), x4);
  const oddA = madd(x1, f32x4.splat(-b), f32x4.mul(x3, f32x4.splat(a)));
  v128.store(to + toStep, f32x4.add(evenA, oddA));
  v128.store(to + 2 * toStep, f32x4.sub(evenA, oddA));
  const evenB = madd(x2, f32x4.splat(-0.5), x4);
  const oddB = madd(x1, f32x4.splat(-a), f32x4.mul(x3, f32x4.splat(b)));
  v128.store(to + 3 * toStep, f32x4.add(evenB, oddB));
  v128.store(to + 4 * toStep, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * toStep, madd(x3, f32x4.splat(-2.5), f32x4.add(x1, v128.load(x + 5 * step))));
}

/** Aᵀ·m */
// @ts-ignore: decorator
@inline
export function outputWhole(m: usize, step: usize, to: usize, toStep: usize): void {
  const m1 = v128.load(m + step);
  const m2 = v128.load(m + 2 * step);
  const m3 = v128.load(m + 3 * step);
  const m4 = v128.load(m + 4 * step);
  const evenA = f32x4.add(m1, m2);
  const oddA = f32x4.sub(m1, m2);
  const evenB = f32x4.add(m3, m4);
  const oddB = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(v128.load(m), f32x4.add(evenA, evenB)));
  v128.store(to + toStep, madd(oddA, f32x4.splat(a), f32x4.mul(oddB, f32x4.splat(b))));
  v128.store(to + 2 * toStep, madd(evenA, f32x4.splat(0.5), f32x4.mul(evenB, f32x4.splat(2))));
  const odd = madd(oddA, f32x4.splat(a / 2), f32x4.mul(oddB, f32x4.splat(2 * b)));
  v128.store(to + 3 * toStep, f32x4.add(odd, v128.load(m + 5 * step)));
}

/** A·d */
// @ts-ignore: decorator
@inline
export function gradientWhole(d: usize, step: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(d);
  const d1 = v128.load(d + step);
  const d2 = v128.load(d + 2 * step);
  const d3 = v128.load(d + 3 * step);
  v128.store(to, d0);
  const evenA = madd(d2, f32x4.splat(0.5), d0);
  const oddA = madd(d3, f32x4.splat(a / 2), f32x4.mul(d1, f32x4.splat(a)));
  v128.store(to + toStep, f32x4.add(evenA, oddA));
  v128.store(to + 2 * toStep, f32x4.sub(evenA, oddA));
  const evenB = madd(d2, f32x4.splat(2), d0);
  const oddB = madd(d3, f32x4.splat(2 * b), f32x4.mul(d1, f32x4.splat(b)));
  v128.store(to + 3 * toStep, f32x4.add(evenB, oddB));
  v128.store(to + 4 * toStep, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * toStep, d3);
}

/** G·w */
// @ts-ignore: decorator
@inline
export function filterWhole(w: usize, step: isize, to: usize, toStep: usize): void {
  const w0 = v128.load(w);
  const w1 = v128.load(w + step);
  const w2 = v128.load(w + 2 * step);
  v128.store(to, w0);
  const evenA = f32x4.mul(f32x4.splat(-2 / 3.0), madd(w2, f32x4.splat(0.5), w0));
  const oddA = f32x4.mul(f32x4.splat((-2 / 3.0) * a), w1);
  v128.store(to + toStep, f32x4.add(evenA, oddA));
  v128.store(to + 2 * toStep, f32x4.sub(evenA, oddA));
  const evenB = f32x4.mul(f32x4.splat(1 / 6.0), madd(w2, f32x4.splat(2), w0));
  const oddB = f32x4.mul(f32x4.splat((1 / 6.0) * b), w1);
  v128.store(to + 3 * toStep, f32x4.add(evenB, oddB));
  v128.store(to + 4 * toStep, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * toStep, w2);
}

/** Gᵀ·u */
// @ts-ignore: decorator
@inline
export function filterGradientWhole(u: usize, step: usize, to: usize, toStep: usize): void {
  const u1 = v128.load(u + step);
  const u2 = v128.load(u + 2 * step);
  const u3 = v128.load(u + 3 * step);
  const u4 = v128.load(u + 4 * step);
  const evenA = f32x4.mul(f32x4.splat(-2 / 3.0), f32x4.add(u1, u2));
  const oddA = f32x4.mul(f32x4.splat((-2 / 3.0) * a), f32x4.sub(u1, u2));
  const evenB = f32x4.mul(f32x4.splat(1 / 6.0), f32x4.add(u3, u4));
  const oddB = f32x4.mul(f32x4.splat((1 / 6.0) * b), f32x4.sub(u3, u4));
  v128.store(to, f32x4.add(v128.load(u), f32x4.add(evenA, evenB)));
  v128.store(to + toStep, f32x4.add(oddA, oddB));
  const even = madd(evenA, f32x4.splat(0.5), f32x4.mul(evenB, f32x4.splat(2)));
  v128.store(to + 2 * toStep, f32x4.add(even, v128.load(u + 5 * step)));
}
