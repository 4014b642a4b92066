/*
 * The passes of a real FFT, of four f32 or two f64 sequences at once, one in each SIMD lane: FFTPACK's radf4, radf2, radb4 and radb2 as
 * PFFFT has them in f32 and pocketfft in f64, with the same operations in the same order, so that every rounding is theirs.
 *
 * Copyright (c) 2013 Julien Pommier; copyright (c) 2004 the University Corporation for Atmospheric Research ("UCAR"). All rights reserved.
 * Conditions and disclaimer: LICENSE-PFFFT.txt beside this file.
 *
 * A pass of radix r turns `blocks` groups of r sequences of `length` vectors (16 bytes each) into groups of one sequence of r·length, or
 * back. `w` holds the twiddles, cos and sin in turn: for each i = 1 … length/2 − 1 those of the angles i·a, 2i·a … (r − 1)·i·a.
 */

// @ts-ignore: decorator
@inline
function mulRe<T>(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return v128.sub<T>(v128.mul<T>(ar, br), v128.mul<T>(ai, bi));
}

// @ts-ignore: decorator
@inline
function mulIm<T>(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return v128.add<T>(v128.mul<T>(ai, br), v128.mul<T>(ar, bi));
}

/** By the conjugate of b. */
// @ts-ignore: decorator
@inline
function conjRe<T>(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return v128.add<T>(v128.mul<T>(ar, br), v128.mul<T>(ai, bi));
}

// @ts-ignore: decorator
@inline
function conjIm<T>(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return v128.sub<T>(v128.mul<T>(ai, br), v128.mul<T>(ar, bi));
}

/** One butterfly of a pass of radix 4: complex values of four sequences, times their twiddles at t. */
// @ts-ignore: decorator
@inline
function twistedBy4<T>(x0: usize, x1: usize, x2: usize, x3: usize, y0: usize, y1: usize, y2: usize, y3: usize, t: usize): void {
  let wr = v128.load_splat<T>(t), wi = v128.load_splat<T>(t, sizeof<T>());
  let r = v128.load(x1), j = v128.load(x1, 16);
  const r2 = conjRe<T>(r, j, wr, wi), i2 = conjIm<T>(r, j, wr, wi);
  wr = v128.load_splat<T>(t, 2 * sizeof<T>()), wi = v128.load_splat<T>(t, 3 * sizeof<T>());
  r = v128.load(x2), j = v128.load(x2, 16);
  const r3 = conjRe<T>(r, j, wr, wi), i3 = conjIm<T>(r, j, wr, wi);
  wr = v128.load_splat<T>(t, 4 * sizeof<T>()), wi = v128.load_splat<T>(t, 5 * sizeof<T>());
  r = v128.load(x3), j = v128.load(x3, 16);
  const r4 = conjRe<T>(r, j, wr, wi), i4 = conjIm<T>(r, j, wr, wi);
  r = v128.load(x0), j = v128.load(x0, 16);
  const tr1 = v128.add<T>(r2, r4), tr4 = v128.sub<T>(r4, r2), tr2 = v128.add<T>(r, r3), tr3 = v128.sub<T>(r, r3);
  const ti1 = v128.add<T>(i2, i4), ti4 = v128.sub<T>(i2, i4), ti2 = v128.add<T>(j, i3), ti3 = v128.sub<T>(j, i3);
  v128.store(y0, v128.add<T>(tr1, tr2));
  v128.store(y0, v128.add<T>(ti1, ti2), 16);
  v128.store(y1, v128.sub<T>(tr3, ti4));
  v128.store(y1, v128.sub<T>(tr4, ti3), 16);
  v128.store(y2, v128.add<T>(ti4, tr3));
  v128.store(y2, v128.add<T>(tr4, ti3), 16);
  v128.store(y3, v128.sub<T>(tr2, tr1));
  v128.store(y3, v128.sub<T>(ti1, ti2), 16);
}

/** The first values of four sequences, which have no imaginary part. */
// @ts-ignore: decorator
@inline
function untwistedBy4<T>(x: usize, quarter: usize, y: usize, row: usize): void {
  const a0 = v128.load(x), a1 = v128.load(x + quarter), a2 = v128.load(x + 2 * quarter), a3 = v128.load(x + 3 * quarter);
  const s1 = v128.add<T>(a1, a3), s0 = v128.add<T>(a0, a2);
  const middle = y + (row << 1);
  v128.store(middle - 16, v128.sub<T>(a0, a2));
  v128.store(middle, v128.sub<T>(a3, a1));
  v128.store(y, v128.add<T>(s1, s0));
  v128.store(middle + (row << 1) - 16, v128.sub<T>(s0, s1));
}

/** The last values of four sequences, which have no imaginary part either: their twiddles are eighths of a turn. */
// @ts-ignore: decorator
@inline
function turnedBy4<T>(x: usize, quarter: usize, y: usize, row: usize, minusHalfRoot: v128): void {
  const a = v128.load(x + quarter), b = v128.load(x + 3 * quarter), c = v128.load(x), d = v128.load(x + 2 * quarter);
  const im = v128.mul<T>(minusHalfRoot, v128.add<T>(a, b)), re = v128.mul<T>(minusHalfRoot, v128.sub<T>(b, a));
  v128.store(y - 16, v128.add<T>(re, c));
  v128.store(y, v128.sub<T>(im, d));
  v128.store(y + 2 * row - 16, v128.sub<T>(c, re));
  v128.store(y + 2 * row, v128.add<T>(im, d));
}

export function forwardBy4<T>(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  if (length == 4) foursBy4<T>(blocks, from, to, w);
  else sequencesBy4<T>(length, blocks, from, to, w);
}

/** The same of sequences of four: each has one twisted butterfly, and no loop. */
// @ts-ignore: decorator
@inline
function foursBy4<T>(blocks: i32, from: usize, to: usize, w: usize): void {
  const quarter = <usize>blocks << 6;
  const minusHalfRoot = v128.splat<T>(<T>-0.7071067811865475);
  for (let x = from, y = to, end = from + quarter; x < end; x += 64, y += 256) {
    untwistedBy4<T>(x, quarter, y, 64);
    twistedBy4<T>(x + 16, x + quarter + 16, x + 2 * quarter + 16, x + 3 * quarter + 16, y + 16, y + 80, y + 144, y + 208, w);
    turnedBy4<T>(x + 48, quarter, y + 64, 64, minusHalfRoot);
  }
}

// @ts-ignore: decorator
@inline
function sequencesBy4<T>(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const quarter = <usize>blocks * row;
  const minusHalfRoot = v128.splat<T>(<T>-0.7071067811865475);
  for (let x = from, y = to, end = from + quarter; x < end; x += row, y += row << 2) {
    const middle = y + (row << 1);
    const last = middle + (row << 1);
    untwistedBy4<T>(x, quarter, y, row);
    if (length < 2) continue;

    let x0 = x + 16, x1 = x0 + quarter, x2 = x1 + quarter, x3 = x2 + quarter;
    let y0 = y + 16, y1 = middle - 48, y2 = middle + 16, y3 = last - 48;
    for (let t = w, end = w + (<usize>length - 2) * 3 * sizeof<T>(); t < end; t += 6 * sizeof<T>()) {
      twistedBy4<T>(x0, x1, x2, x3, y0, y1, y2, y3, t);
      x0 += 32, x1 += 32, x2 += 32, x3 += 32;
      y0 += 32, y1 -= 32, y2 += 32, y3 -= 32;
    }

    turnedBy4<T>(x + row - 16, quarter, y + row, row, minusHalfRoot);
  }
}

export function backwardBy4<T>(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const quarter = <usize>blocks * row;
  const minusRoot = v128.splat<T>(<T>-1.414213562373095), two = v128.splat<T>(<T>2);
  for (let x = from, y = to, end = to + quarter; y < end; x += row << 2, y += row) {
    const middle = x + (row << 1);
    const last = middle + (row << 1);
    const a = v128.load(x), b = v128.load(last - 16);
    const tr3 = v128.mul<T>(two, v128.load(middle - 16)), tr4 = v128.mul<T>(two, v128.load(middle));
    const tr2 = v128.add<T>(a, b), tr1 = v128.sub<T>(a, b);
    v128.store(y, v128.add<T>(tr2, tr3));
    v128.store(y + 2 * quarter, v128.sub<T>(tr2, tr3));
    v128.store(y + quarter, v128.sub<T>(tr1, tr4));
    v128.store(y + 3 * quarter, v128.add<T>(tr1, tr4));
    if (length < 2) continue;

    let x0 = x + 16, x1 = middle - 48, x2 = middle + 16, x3 = last - 48;
    let y0 = y + 16, y1 = y0 + quarter, y2 = y1 + quarter, y3 = y2 + quarter;
    for (let t = w, end = w + (<usize>length - 2) * 3 * sizeof<T>(); t < end; t += 6 * sizeof<T>()) {
      let p = v128.load(x0), m = v128.load(x3);
      const tr1 = v128.sub<T>(p, m), tr2 = v128.add<T>(p, m);
      p = v128.load(x2), m = v128.load(x1);
      const ti4 = v128.sub<T>(p, m), tr3 = v128.add<T>(p, m);
      p = v128.load(x2, 16), m = v128.load(x1, 16);
      const ti3 = v128.sub<T>(p, m), tr4 = v128.add<T>(p, m);
      p = v128.load(x0, 16), m = v128.load(x3, 16);
      const ti1 = v128.add<T>(p, m), ti2 = v128.sub<T>(p, m);
      v128.store(y0, v128.add<T>(tr2, tr3));
      v128.store(y0, v128.add<T>(ti2, ti3), 16);
      const r3 = v128.sub<T>(tr2, tr3), i3 = v128.sub<T>(ti2, ti3);
      const r2 = v128.sub<T>(tr1, tr4), r4 = v128.add<T>(tr1, tr4);
      const i2 = v128.add<T>(ti1, ti4), i4 = v128.sub<T>(ti1, ti4);
      let wr = v128.load_splat<T>(t), wi = v128.load_splat<T>(t, sizeof<T>());
      v128.store(y1, mulRe<T>(r2, i2, wr, wi));
      v128.store(y1, mulIm<T>(r2, i2, wr, wi), 16);
      wr = v128.load_splat<T>(t, 2 * sizeof<T>()), wi = v128.load_splat<T>(t, 3 * sizeof<T>());
      v128.store(y2, mulRe<T>(r3, i3, wr, wi));
      v128.store(y2, mulIm<T>(r3, i3, wr, wi), 16);
      wr = v128.load_splat<T>(t, 4 * sizeof<T>()), wi = v128.load_splat<T>(t, 5 * sizeof<T>());
      v128.store(y3, mulRe<T>(r4, i4, wr, wi));
      v128.store(y3, mulIm<T>(r4, i4, wr, wi), 16);
      x0 += 32, x1 -= 32, x2 += 32, x3 -= 32;
      y0 += 32, y1 += 32, y2 += 32, y3 += 32;
    }

    const c = v128.load(x + row - 16), d = v128.load(middle + row - 16);
    const e = v128.load(x + row), f = v128.load(middle + row);
    const re1 = v128.sub<T>(c, d), re2 = v128.add<T>(c, d), im1 = v128.add<T>(f, e), im2 = v128.sub<T>(f, e);
    const q = y + row - 16;
    v128.store(q, v128.add<T>(re2, re2));
    v128.store(q + quarter, v128.mul<T>(minusRoot, v128.sub<T>(im1, re1)));
    v128.store(q + 2 * quarter, v128.add<T>(im2, im2));
    v128.store(q + 3 * quarter, v128.mul<T>(minusRoot, v128.add<T>(im1, re1)));
  }
}

export function forwardBy2<T>(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const half = <usize>blocks * row;
  for (let x = from, y = to, end = from + half; x < end; x += row, y += row << 1) {
    const last = y + (row << 1);
    const a = v128.load(x), b = v128.load(x + half);
    v128.store(y, v128.add<T>(a, b));
    v128.store(last - 16, v128.sub<T>(a, b));
    if (length < 2) continue;
    for (let i: usize = 32; i < row; i += 32) {
      const t = w + ((i >> 4) - 2) * sizeof<T>();
      const wr = v128.load_splat<T>(t), wi = v128.load_splat<T>(t, sizeof<T>());
      const r = v128.load(x + half + i - 16), j = v128.load(x + half + i);
      const re = conjRe<T>(r, j, wr, wi), im = conjIm<T>(r, j, wr, wi);
      const br = v128.load(x + i - 16), bi = v128.load(x + i);
      v128.store(y + i, v128.add<T>(bi, im));
      v128.store(last - i, v128.sub<T>(im, bi));
      v128.store(y + i - 16, v128.add<T>(br, re));
      v128.store(last - i - 16, v128.sub<T>(br, re));
    }
    v128.store(y + row, v128.neg<T>(v128.load(x + half + row - 16)));
    v128.store(y + row - 16, v128.load(x + row - 16));
  }
}

export function backwardBy2<T>(length: i32, blocks: i32, from: usize, to: usize, w: usize): void {
  const row = <usize>length << 4;
  const half = <usize>blocks * row;
  const minusTwo = v128.splat<T>(<T>-2);
  for (let x = from, y = to, end = to + half; y < end; x += row << 1, y += row) {
    const last = x + (row << 1);
    const a = v128.load(x), b = v128.load(last - 16);
    v128.store(y, v128.add<T>(a, b));
    v128.store(y + half, v128.sub<T>(a, b));
    if (length < 2) continue;
    for (let i: usize = 32; i < row; i += 32) {
      const t = w + ((i >> 4) - 2) * sizeof<T>();
      const wr = v128.load_splat<T>(t), wi = v128.load_splat<T>(t, sizeof<T>());
      const a = v128.load(x + i - 16), b = v128.load(last - i - 16);
      const c = v128.load(x + i), d = v128.load(last - i);
      const re = v128.sub<T>(a, b), im = v128.add<T>(c, d);
      v128.store(y + i - 16, v128.add<T>(a, b));
      v128.store(y + i, v128.sub<T>(c, d));
      v128.store(y + half + i - 16, mulRe<T>(re, im, wr, wi));
      v128.store(y + half + i, mulIm<T>(re, im, wr, wi));
    }
    const c = v128.load(x + row - 16);
    v128.store(y + row - 16, v128.add<T>(c, c));
    v128.store(y + half + row - 16, v128.mul<T>(minusTwo, v128.load(x + row)));
  }
}
