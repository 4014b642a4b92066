import { madd } from './madd';

/*
 * The same for an axis with a stride of two. The even positions of the input meet the outer taps, F(4, 2) with five multiplications, and
 * the odd ones the middle tap, with four: nine, not twelve (as for stride 1 in winograd-whole.ts).
 *
 *     y[i] = w0·x[2i] + w2·x[2i+2] + w1·x[2i+1]     i = 0 … 3
 *
 * The points are ±a, ±b and ∞ with a = 1/2, b = 5/4: rounding errors are those of the plain sum. With e the even positions,
 *
 *          ⎡−b²  −b²/a     1   1/a  0⎤       ⎡−8/21   −8a/21⎤        ⎡1   1   1   1  0⎤
 *          ⎢−b²   b²/a     1  −1/a  0⎥       ⎢−8/21    8a/21⎥   Aᵀ = ⎢a  −a   b  −b  0⎥
 *     Bᵀ = ⎢−a²  −a²/b     1   1/b  0⎥   G = ⎢ 8/21    8b/21⎥        ⎢a²  a²  b²  b² 0⎥
 *          ⎢−a²   a²/b     1  −1/b  0⎥       ⎢ 8/21   −8b/21⎥        ⎣a³ −a³  b³ −b³ 1⎦
 *          ⎣a²b²    0   −a²−b²  0   1⎦       ⎣   0        1 ⎦
 *
 * The gradient of the input comes the other way round: from y[−1 … 3] its even positions, F(4, 2) with the outer taps in turned order, and
 * the odd ones from y[0 … 3].
 */

const a: f32 = 0.5;
const b: f32 = 1.25;
const eight21sts: f32 = 8.0 / 21.0;

/** Of nine positions: Bᵀ·e, and the four odd ones. */
// @ts-ignore: decorator
@inline
export function inputHalved(x: usize, step: usize, to: usize, toStep: usize): void {
  evenPoints(x, 2 * step, to, toStep);
  for (let i: usize = 0; i < 4; i++) v128.store(to + (5 + i) * toStep, v128.load(x + (2 * i + 1) * step));
}

/** Of y[−1 … 3]: Bᵀ·y for the even positions of the input's gradient, and the four last for the odd ones. */
// @ts-ignore: decorator
@inline
export function inputDoubled(y: usize, step: usize, to: usize, toStep: usize): void {
  evenPoints(y, step, to, toStep);
  for (let i: usize = 0; i < 4; i++) v128.store(to + (5 + i) * toStep, v128.load(y + (i + 1) * step));
}

/** Bᵀ·e */
// @ts-ignore: decorator
@inline
function evenPoints(e: usize, step: usize, to: usize, toStep: usize): void {
  const e0 = v128.load(e);
  const e1 = v128.load(e + step);
  const e2 = v128.load(e + 2 * step);
  const e3 = v128.load(e + 3 * step);
  const evenA = madd(e0, f32x4.splat(-b * b), e2);
  const oddA = f32x4.mul(f32x4.splat(1 / a), madd(e1, f32x4.splat(-b * b), e3));
  v128.store(to, f32x4.add(evenA, oddA));
  v128.store(to + toStep, f32x4.sub(evenA, oddA));
  const evenB = madd(e0, f32x4.splat(-a * a), e2);
  const oddB = f32x4.mul(f32x4.splat(1 / b), madd(e1, f32x4.splat(-a * a), e3));
  v128.store(to + 2 * toStep, f32x4.add(evenB, oddB));
  v128.store(to + 3 * toStep, f32x4.sub(evenB, oddB));
  v128.store(to + 4 * toStep, madd(e2, f32x4.splat(-a * a - b * b), madd(e0, f32x4.splat(a * a * b * b), v128.load(e + 4 * step))));
}

/** Aᵀ·m and the odd ones: four outputs. */
// @ts-ignore: decorator
@inline
export function outputHalved(m: usize, step: usize, to: usize, toStep: usize): void {
  evenOutputs(m, step, to, toStep);
  for (let i: usize = 0; i < 4; i++) {
    v128.store(to + i * toStep, f32x4.add(v128.load(to + i * toStep), v128.load(m + (5 + i) * step)));
  }
}

/** Aᵀ·m for the even positions, and the odd ones between: eight. */
// @ts-ignore: decorator
@inline
export function outputDoubled(m: usize, step: usize, to: usize, toStep: usize): void {
  evenOutputs(m, step, to, 2 * toStep);
  for (let i: usize = 0; i < 4; i++) v128.store(to + (2 * i + 1) * toStep, v128.load(m + (5 + i) * step));
}

/** Aᵀ·m */
// @ts-ignore: decorator
@inline
function evenOutputs(m: usize, step: usize, to: usize, toStep: usize): void {
  const m0 = v128.load(m);
  const m1 = v128.load(m + step);
  const m2 = v128.load(m + 2 * step);
  const m3 = v128.load(m + 3 * step);
  const evenA = f32x4.add(m0, m1);
  const oddA = f32x4.sub(m0, m1);
  const evenB = f32x4.add(m2, m3);
  const oddB = f32x4.sub(m2, m3);
  v128.store(to, f32x4.add(evenA, evenB));
  v128.store(to + toStep, madd(oddA, f32x4.splat(a), f32x4.mul(oddB, f32x4.splat(b))));
  v128.store(to + 2 * toStep, madd(evenA, f32x4.splat(a * a), f32x4.mul(evenB, f32x4.splat(b * b))));
  const odd = madd(oddA, f32x4.splat(a * a * a), f32x4.mul(oddB, f32x4.splat(b * b * b)));
  v128.store(to + 3 * toStep, f32x4.add(odd, v128.load(m + 4 * step)));
}

/** A·d, and d for the odd ones. */
// @ts-ignore: decorator
@inline
export function gradientHalved(d: usize, step: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(d);
  const d1 = v128.load(d + step);
  const d2 = v128.load(d + 2 * step);
  const d3 = v128.load(d + 3 * step);
  const evenA = madd(d2, f32x4.splat(a * a), d0);
  const oddA = madd(d3, f32x4.splat(a * a * a), f32x4.mul(d1, f32x4.splat(a)));
  v128.store(to, f32x4.add(evenA, oddA));
  v128.store(to + toStep, f32x4.sub(evenA, oddA));
  const evenB = madd(d2, f32x4.splat(b * b), d0);
  const oddB = madd(d3, f32x4.splat(b * b * b), f32x4.mul(d1, f32x4.splat(b)));
  v128.store(to + 2 * toStep, f32x4.add(evenB, oddB));
  v128.store(to + 3 * toStep, f32x4.sub(evenB, oddB));
  v128.store(to + 4 * toStep, d3);
  v128.store(to + 5 * toStep, d0);
  v128.store(to + 6 * toStep, d1);
  v128.store(to + 7 * toStep, d2);
  v128.store(to + 8 * toStep, d3);
}

/** G·w of the outer taps, and the middle one, four times over. */
// @ts-ignore: decorator
@inline
export function filterHalved(w: usize, step: isize, to: usize, toStep: usize): void {
  const w0 = v128.load(w);
  const w2 = v128.load(w + 2 * step);
  const even = f32x4.mul(w0, f32x4.splat(eight21sts));
  const oddA = f32x4.mul(w2, f32x4.splat(eight21sts * a));
  v128.store(to, f32x4.neg(f32x4.add(even, oddA)));
  v128.store(to + toStep, f32x4.sub(oddA, even));
  const oddB = f32x4.mul(w2, f32x4.splat(eight21sts * b));
  v128.store(to + 2 * toStep, f32x4.add(even, oddB));
  v128.store(to + 3 * toStep, f32x4.sub(even, oddB));
  v128.store(to + 4 * toStep, w2);
  for (let i: usize = 5; i < 9; i++) v128.store(to + i * toStep, v128.load(w + step));
}

/** Gᵀ·u of the outer taps, and the sum of the odd points. */
// @ts-ignore: decorator
@inline
export function filterGradientHalved(u: usize, step: usize, to: usize, toStep: usize): void {
  const u0 = v128.load(u);
  const u1 = v128.load(u + step);
  const u2 = v128.load(u + 2 * step);
  const u3 = v128.load(u + 3 * step);
  v128.store(to, f32x4.mul(f32x4.splat(eight21sts), f32x4.sub(f32x4.add(u2, u3), f32x4.add(u0, u1))));
  const left = f32x4.add(v128.load(u + 5 * step), v128.load(u + 6 * step));
  v128.store(to + toStep, f32x4.add(left, f32x4.add(v128.load(u + 7 * step), v128.load(u + 8 * step))));
  const odd = madd(f32x4.sub(u2, u3), f32x4.splat(eight21sts * b), f32x4.mul(f32x4.sub(u1, u0), f32x4.splat(eight21sts * a)));
  v128.store(to + 2 * toStep, f32x4.add(odd, v128.load(u + 4 * step)));
}
