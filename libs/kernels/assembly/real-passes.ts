/*
 * The passes of a real FFT, four sequences at once, one in each SIMD lane: FFTPACK's radf4, radf2, radb4 and radb2 as PFFFT has them, with
 * the same operations in the same order, so that every rounding is PFFFT's.
 *
 * Copyright (c) 2013 Julien Pommier; copyright (c) 2004 the University Corporation for Atmospheric Research ("UCAR"). All rights reserved.
 * Conditions and disclaimer: LICENSE-PFFFT.txt beside this file.
 *
 * A pass of radix r turns `blocks` groups of r sequences of `length` vectors (16 bytes each) into groups of one sequence of r·length, or
 * back. `w` holds the r − 1 rows of twiddles, `length` f32 each: cos, sin in turn.
 */

// @ts-ignore: decorator
@inline
function mulRe(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return f32x4.sub(f32x4.mul(ar, br), f32x4.mul(ai, bi));
}

// @ts-ignore: decorator
@inline
function mulIm(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return f32x4.add(f32x4.mul(ai, br), f32x4.mul(ar, bi));
}

/** By the conjugate of b. */
// @ts-ignore: decorator
@inline
function conjRe(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return f32x4.add(f32x4.mul(ar, br), f32x4.mul(ai, bi));
}

// @ts-ignore: decorator
@inline
function conjIm(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return f32x4.sub(f32x4.mul(ai, br), f32x4.mul(ar, bi));
}

export function forwardBy4(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const quarter = <usize>blocks * row;
  const w2 = w + (row >> 2), w3 = w2 + (row >> 2);
  const minusHalfRoot = f32x4.splat(-0.7071067811865475);
  for (let x = from, y = to, end = from + quarter; x < end; x += row, y += row << 2) {
    const middle = y + (row << 1);
    const last = middle + (row << 1);
    const a0 = v128.load(x), a1 = v128.load(x + quarter), a2 = v128.load(x + 2 * quarter), a3 = v128.load(x + 3 * quarter);
    const s1 = f32x4.add(a1, a3), s0 = f32x4.add(a0, a2);
    v128.store(middle - 16, f32x4.sub(a0, a2));
    v128.store(middle, f32x4.sub(a3, a1));
    v128.store(y, f32x4.add(s1, s0));
    v128.store(last - 16, f32x4.sub(s0, s1));
    if (length < 2) continue;

    for (let i: usize = 32; i < row; i += 32) {
      const p = x + i - 16;
      const t = (i >> 2) - 8;
      let wr = v128.load32_splat(w + t), wi = v128.load32_splat(w + t, 4);
      let r = v128.load(p + quarter), j = v128.load(p + quarter, 16);
      const r2 = conjRe(r, j, wr, wi), i2 = conjIm(r, j, wr, wi);
      wr = v128.load32_splat(w2 + t), wi = v128.load32_splat(w2 + t, 4);
      r = v128.load(p + 2 * quarter), j = v128.load(p + 2 * quarter, 16);
      const r3 = conjRe(r, j, wr, wi), i3 = conjIm(r, j, wr, wi);
      wr = v128.load32_splat(w3 + t), wi = v128.load32_splat(w3 + t, 4);
      r = v128.load(p + 3 * quarter), j = v128.load(p + 3 * quarter, 16);
      const r4 = conjRe(r, j, wr, wi), i4 = conjIm(r, j, wr, wi);
      r = v128.load(p), j = v128.load(p, 16);
      const tr1 = f32x4.add(r2, r4), tr4 = f32x4.sub(r4, r2), tr2 = f32x4.add(r, r3), tr3 = f32x4.sub(r, r3);
      const ti1 = f32x4.add(i2, i4), ti4 = f32x4.sub(i2, i4), ti2 = f32x4.add(j, i3), ti3 = f32x4.sub(j, i3);
      v128.store(y + i - 16, f32x4.add(tr1, tr2));
      v128.store(y + i, f32x4.add(ti1, ti2));
      v128.store(middle - i - 16, f32x4.sub(tr3, ti4));
      v128.store(middle - i, f32x4.sub(tr4, ti3));
      v128.store(middle + i - 16, f32x4.add(ti4, tr3));
      v128.store(middle + i, f32x4.add(tr4, ti3));
      v128.store(last - i - 16, f32x4.sub(tr2, tr1));
      v128.store(last - i, f32x4.sub(ti1, ti2));
    }

    const p = x + row - 16;
    const a = v128.load(p + quarter), b = v128.load(p + 3 * quarter), c = v128.load(p), d = v128.load(p + 2 * quarter);
    const im = f32x4.mul(minusHalfRoot, f32x4.add(a, b)), re = f32x4.mul(minusHalfRoot, f32x4.sub(b, a));
    v128.store(y + row - 16, f32x4.add(re, c));
    v128.store(y + row, f32x4.sub(im, d));
    v128.store(middle + row - 16, f32x4.sub(c, re));
    v128.store(middle + row, f32x4.add(im, d));
  }
}

export function backwardBy4(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const quarter = <usize>blocks * row;
  const w2 = w + (row >> 2), w3 = w2 + (row >> 2);
  const minusRoot = f32x4.splat(-1.414213562373095), two = f32x4.splat(2);
  for (let x = from, y = to, end = to + quarter; y < end; x += row << 2, y += row) {
    const middle = x + (row << 1);
    const last = middle + (row << 1);
    const a = v128.load(x), b = v128.load(last - 16);
    const tr3 = f32x4.mul(two, v128.load(middle - 16)), tr4 = f32x4.mul(two, v128.load(middle));
    const tr2 = f32x4.add(a, b), tr1 = f32x4.sub(a, b);
    v128.store(y, f32x4.add(tr2, tr3));
    v128.store(y + 2 * quarter, f32x4.sub(tr2, tr3));
    v128.store(y + quarter, f32x4.sub(tr1, tr4));
    v128.store(y + 3 * quarter, f32x4.add(tr1, tr4));
    if (length < 2) continue;

    for (let i: usize = 32; i < row; i += 32) {
      const q = y + i - 16;
      const t = (i >> 2) - 8;
      let p = v128.load(x + i - 16), m = v128.load(last - i - 16);
      const tr1 = f32x4.sub(p, m), tr2 = f32x4.add(p, m);
      p = v128.load(middle + i - 16), m = v128.load(middle - i - 16);
      const ti4 = f32x4.sub(p, m), tr3 = f32x4.add(p, m);
      p = v128.load(middle + i), m = v128.load(middle - i);
      const ti3 = f32x4.sub(p, m), tr4 = f32x4.add(p, m);
      p = v128.load(x + i), m = v128.load(last - i);
      const ti1 = f32x4.add(p, m), ti2 = f32x4.sub(p, m);
      v128.store(q, f32x4.add(tr2, tr3));
      v128.store(q, f32x4.add(ti2, ti3), 16);
      const r3 = f32x4.sub(tr2, tr3), i3 = f32x4.sub(ti2, ti3);
      const r2 = f32x4.sub(tr1, tr4), r4 = f32x4.add(tr1, tr4);
      const i2 = f32x4.add(ti1, ti4), i4 = f32x4.sub(ti1, ti4);
      let wr = v128.load32_splat(w + t), wi = v128.load32_splat(w + t, 4);
      v128.store(q + quarter, mulRe(r2, i2, wr, wi));
      v128.store(q + quarter, mulIm(r2, i2, wr, wi), 16);
      wr = v128.load32_splat(w2 + t), wi = v128.load32_splat(w2 + t, 4);
      v128.store(q + 2 * quarter, mulRe(r3, i3, wr, wi));
      v128.store(q + 2 * quarter, mulIm(r3, i3, wr, wi), 16);
      wr = v128.load32_splat(w3 + t), wi = v128.load32_splat(w3 + t, 4);
      v128.store(q + 3 * quarter, mulRe(r4, i4, wr, wi));
      v128.store(q + 3 * quarter, mulIm(r4, i4, wr, wi), 16);
    }

    const c = v128.load(x + row - 16), d = v128.load(middle + row - 16);
    const e = v128.load(x + row), f = v128.load(middle + row);
    const re1 = f32x4.sub(c, d), re2 = f32x4.add(c, d), im1 = f32x4.add(f, e), im2 = f32x4.sub(f, e);
    const q = y + row - 16;
    v128.store(q, f32x4.add(re2, re2));
    v128.store(q + quarter, f32x4.mul(minusRoot, f32x4.sub(im1, re1)));
    v128.store(q + 2 * quarter, f32x4.add(im2, im2));
    v128.store(q + 3 * quarter, f32x4.mul(minusRoot, f32x4.add(im1, re1)));
  }
}

export function forwardBy2(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const half = <usize>blocks * row;
  for (let x = from, y = to, end = from + half; x < end; x += row, y += row << 1) {
    const last = y + (row << 1);
    const a = v128.load(x), b = v128.load(x + half);
    v128.store(y, f32x4.add(a, b));
    v128.store(last - 16, f32x4.sub(a, b));
    if (length < 2) continue;
    for (let i: usize = 32; i < row; i += 32) {
      const t = w + (i >> 2) - 8;
      const wr = v128.load32_splat(t), wi = v128.load32_splat(t, 4);
      const r = v128.load(x + half + i - 16), j = v128.load(x + half + i);
      const re = conjRe(r, j, wr, wi), im = conjIm(r, j, wr, wi);
      const br = v128.load(x + i - 16), bi = v128.load(x + i);
      v128.store(y + i, f32x4.add(bi, im));
      v128.store(last - i, f32x4.sub(im, bi));
      v128.store(y + i - 16, f32x4.add(br, re));
      v128.store(last - i - 16, f32x4.sub(br, re));
    }
    v128.store(y + row, f32x4.neg(v128.load(x + half + row - 16)));
    v128.store(y + row - 16, v128.load(x + row - 16));
  }
}

export function backwardBy2(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const half = <usize>blocks * row;
  const minusTwo = f32x4.splat(-2);
  for (let x = from, y = to, end = to + half; y < end; x += row << 1, y += row) {
    const last = x + (row << 1);
    const a = v128.load(x), b = v128.load(last - 16);
    v128.store(y, f32x4.add(a, b));
    v128.store(y + half, f32x4.sub(a, b));
    if (length < 2) continue;
    for (let i: usize = 32; i < row; i += 32) {
      const t = w + (i >> 2) - 8;
      const wr = v128.load32_splat(t), wi = v128.load32_splat(t, 4);
      const a = v128.load(x + i - 16), b = v128.load(last - i - 16);
      const c = v128.load(x + i), d = v128.load(last - i);
      const re = f32x4.sub(a, b), im = f32x4.add(c, d);
      v128.store(y + i - 16, f32x4.add(a, b));
      v128.store(y + i, f32x4.sub(c, d));
      v128.store(y + half + i - 16, mulRe(re, im, wr, wi));
      v128.store(y + half + i, mulIm(re, im, wr, wi));
    }
    const c = v128.load(x + row - 16);
    v128.store(y + row - 16, f32x4.add(c, c));
    v128.store(y + half + row - 16, f32x4.mul(minusTwo, v128.load(x + row)));
  }
}
