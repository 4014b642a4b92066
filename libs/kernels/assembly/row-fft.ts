/*
 * The FFT of `size` real samples (a power of two ≥ 32) with PFFFT's operations in PFFFT's order, so that every rounding is PFFFT's: the
 * sequence is dealt to four lanes, the lanes are transformed together (real-passes.ts), and one radix 4 step joins them.
 *
 * Copyright (c) 2013 Julien Pommier; copyright (c) 2004 the University Corporation for Atmospheric Research ("UCAR"). All rights reserved.
 * Conditions and disclaimer: LICENSE-PFFFT.txt beside this file.
 *
 *     X[k] = Σₙ x[n]·e^(−2πi·k·n/size)        k = 0 … size/2
 *
 * The spectrum comes "in rows": blocks of eight vectors, the real and the imaginary parts of four rows. Lane j of block b, m = 4b + j, holds
 * the bins m, size/4 − m, size/4 + m, size/2 − m; in rows 1 and 3 m = 0 stands for size/8 and 3·size/8, and the imaginary part of bin 0
 * is X[size/2]. `tables`: `rowFftTables` in ../src/row-fft-tables.ts.
 */
import { backwardBy2, backwardBy4, forwardBy2, forwardBy4 } from './real-passes';

/** `x` is overwritten; `work`: 4·size bytes. Nothing overlaps. */
export function rowFftForward(x: usize, rows: usize, work: usize, size: i32, tables: usize): void {
  let length = 1;
  let blocks = size >> 2;
  let w = tables + <usize>size * 3 + ((<usize>blocks - 1) << 2);
  let from = x, to = work;
  while (blocks >= 4) {
    blocks >>= 2;
    w -= <usize>length * 12;
    forwardBy4<f32>(length, blocks, from, to, w);
    length <<= 2;
    const next = from;
    from = to;
    to = next;
  }
  if (blocks == 2) {
    forwardBy2<f32>(length, 1, from, to, w - (<usize>length << 2));
    from = to;
  }
  join(from, rows, size, tables);
}

/** The inverse without its factor 1/size. Both `rows` and `work` are overwritten; gives back which of them holds the samples. */
export function rowFftBackward(rows: usize, work: usize, size: i32, tables: usize): usize {
  part(rows, work, size, tables);
  let blocks = 1;
  let length = size >> 2;
  let w = tables + <usize>size * 3;
  let from = work, to = rows;
  if (ctz(length) & 1) {
    length >>= 1;
    backwardBy2<f32>(length, 1, from, to, w);
    w += <usize>length << 2;
    blocks = 2;
    from = rows;
    to = work;
  }
  while (length > 1) {
    length >>= 2;
    backwardBy4<f32>(length, blocks, from, to, w);
    w += <usize>length * 12;
    blocks <<= 2;
    const next = from;
    from = to;
    to = next;
  }
  return from;
}

/** The four lanes' spectra, as FFTPACK packs them, into rows. */
function join(z: usize, rows: usize, size: i32, e: usize): void {
  joinBlock(z, z, z + 16, e, rows);
  const bytes = <usize>size << 2;
  for (let at: usize = 128; at < bytes; at += 128) joinBlock(z + at - 16, z + at, z + at + 16, e + (at >> 2) * 3, rows + at);

  // lane 0 of the first block: bins 0, size/8, size/4, 3·size/8 and size/2
  const a = v128.load(z), b = v128.load(z + bytes - 16);
  const s: f32 = 0.7071067811865476;
  const a0 = f32x4.extract_lane(a, 0), a1 = f32x4.extract_lane(a, 1), a2 = f32x4.extract_lane(a, 2), a3 = f32x4.extract_lane(a, 3);
  const b0 = f32x4.extract_lane(b, 0), b1 = f32x4.extract_lane(b, 1), b2 = f32x4.extract_lane(b, 2), b3 = f32x4.extract_lane(b, 3);
  store<f32>(rows, a0 + a2 + (a1 + a3));
  store<f32>(rows, a0 + a2 - (a1 + a3), 16);
  store<f32>(rows, b0 + s * (b1 - b3), 32);
  store<f32>(rows, -b2 - s * (b1 + b3), 48);
  store<f32>(rows, a0 - a2, 64);
  store<f32>(rows, a3 - a1, 80);
  store<f32>(rows, b0 - s * (b1 - b3), 96);
  store<f32>(rows, b2 - s * (b1 + b3), 112);
}

// @ts-ignore: decorator
@inline
function joinBlock(re0: usize, im0: usize, rest: usize, e: usize, out: usize): void {
  let x0 = v128.load(re0), x1 = v128.load(rest), x2 = v128.load(rest, 32), x3 = v128.load(rest, 64);
  let t0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  let t2 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  const r0 = v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), r1 = v128.shuffle<f32>(t0, t2, 2, 3, 6, 7);
  const r2 = v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), r3 = v128.shuffle<f32>(t1, t3, 2, 3, 6, 7);
  x0 = v128.load(im0), x1 = v128.load(rest, 16), x2 = v128.load(rest, 48), x3 = v128.load(rest, 80);
  t0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  t2 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  const i0 = v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), i1 = v128.shuffle<f32>(t0, t2, 2, 3, 6, 7);
  const i2 = v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), i3 = v128.shuffle<f32>(t1, t3, 2, 3, 6, 7);

  let wr = v128.load(e), wi = v128.load(e, 16);
  const p1 = f32x4.sub(f32x4.mul(r1, wr), f32x4.mul(i1, wi)), q1 = f32x4.add(f32x4.mul(i1, wr), f32x4.mul(r1, wi));
  wr = v128.load(e, 32), wi = v128.load(e, 48);
  const p2 = f32x4.sub(f32x4.mul(r2, wr), f32x4.mul(i2, wi)), q2 = f32x4.add(f32x4.mul(i2, wr), f32x4.mul(r2, wi));
  wr = v128.load(e, 64), wi = v128.load(e, 80);
  const p3 = f32x4.sub(f32x4.mul(r3, wr), f32x4.mul(i3, wi)), q3 = f32x4.add(f32x4.mul(i3, wr), f32x4.mul(r3, wi));

  const sr0 = f32x4.add(r0, p2), dr0 = f32x4.sub(r0, p2), sr1 = f32x4.add(p1, p3), dr1 = f32x4.sub(p3, p1);
  const si0 = f32x4.add(i0, q2), di0 = f32x4.sub(i0, q2), si1 = f32x4.add(q1, q3), di1 = f32x4.sub(q3, q1);
  v128.store(out, f32x4.add(sr0, sr1));
  v128.store(out, f32x4.add(si0, si1), 16);
  v128.store(out, f32x4.add(dr0, di1), 32);
  v128.store(out, f32x4.sub(dr1, di0), 48);
  v128.store(out, f32x4.sub(dr0, di1), 64);
  v128.store(out, f32x4.add(dr1, di0), 80);
  v128.store(out, f32x4.sub(sr0, sr1), 96);
  v128.store(out, f32x4.sub(si1, si0), 112);
}

/** Undoes `join`, times 4. */
function part(rows: usize, z: usize, size: i32, e: usize): void {
  const bytes = <usize>size << 2;
  partBlock(rows, e, z + bytes - 16, z, z + 16); // its first two vectors are replaced below
  for (let at: usize = 128; at < bytes; at += 128) partBlock(rows + at, e + (at >> 2) * 3, z + at - 16, z + at, z + at + 16);

  const s: f32 = 1.4142135623730951, two: f32 = 2;
  const r0 = load<f32>(rows), r1 = load<f32>(rows, 32), r2 = load<f32>(rows, 64), r3 = load<f32>(rows, 96);
  const i0 = load<f32>(rows, 16), i1 = load<f32>(rows, 48), i2 = load<f32>(rows, 80), i3 = load<f32>(rows, 112);
  store<f32>(z, r0 + i0 + two * r2);
  store<f32>(z, r0 - i0 - two * i2, 4);
  store<f32>(z, r0 + i0 - two * r2, 8);
  store<f32>(z, r0 - i0 + two * i2, 12);
  const last = z + bytes - 16;
  store<f32>(last, two * (r1 + r3));
  store<f32>(last, s * (r1 - r3) - s * (i1 + i3), 4);
  store<f32>(last, two * (i3 - i1), 8);
  store<f32>(last, -s * (r1 - r3) - s * (i1 + i3), 12);
}

// @ts-ignore: decorator
@inline
function partBlock(rows: usize, e: usize, re0: usize, im0: usize, rest: usize): void {
  const a0 = v128.load(rows), b0 = v128.load(rows, 16), a1 = v128.load(rows, 32), b1 = v128.load(rows, 48);
  const a2 = v128.load(rows, 64), b2 = v128.load(rows, 80), a3 = v128.load(rows, 96), b3 = v128.load(rows, 112);
  const sr0 = f32x4.add(a0, a3), dr0 = f32x4.sub(a0, a3), sr1 = f32x4.add(a1, a2), dr1 = f32x4.sub(a1, a2);
  const si0 = f32x4.add(b0, b3), di0 = f32x4.sub(b0, b3), si1 = f32x4.add(b1, b2), di1 = f32x4.sub(b1, b2);
  const r0 = f32x4.add(sr0, sr1), p2 = f32x4.sub(sr0, sr1), p1 = f32x4.sub(dr0, si1), p3 = f32x4.add(dr0, si1);
  const i0 = f32x4.sub(di0, di1), q2 = f32x4.add(di0, di1), q1 = f32x4.sub(si0, dr1), q3 = f32x4.add(si0, dr1);
  let wr = v128.load(e), wi = v128.load(e, 16);
  const r1 = f32x4.add(f32x4.mul(p1, wr), f32x4.mul(q1, wi)), i1 = f32x4.sub(f32x4.mul(q1, wr), f32x4.mul(p1, wi));
  wr = v128.load(e, 32), wi = v128.load(e, 48);
  const r2 = f32x4.add(f32x4.mul(p2, wr), f32x4.mul(q2, wi)), i2 = f32x4.sub(f32x4.mul(q2, wr), f32x4.mul(p2, wi));
  wr = v128.load(e, 64), wi = v128.load(e, 80);
  const r3 = f32x4.add(f32x4.mul(p3, wr), f32x4.mul(q3, wi)), i3 = f32x4.sub(f32x4.mul(q3, wr), f32x4.mul(p3, wi));

  let t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  let t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(re0, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(rest, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
  v128.store(rest, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 32);
  v128.store(rest, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 64);
  t0 = v128.shuffle<f32>(i0, i1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(i0, i1, 2, 6, 3, 7);
  t2 = v128.shuffle<f32>(i2, i3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(i2, i3, 2, 6, 3, 7);
  v128.store(im0, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(rest, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 16);
  v128.store(rest, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 48);
  v128.store(rest, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 80);
}
