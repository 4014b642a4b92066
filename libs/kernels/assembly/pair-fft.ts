import { forwardBy4 } from './real-passes';

/*
 * The f64 FFT of two windowed frames of f32 samples at once, one in each SIMD lane, with the operations of pocketfft (numpy's FFT) in
 * its order (real-passes.ts), so that every rounding is numpy's.
 *
 *     X[k] = Σᵢ w[i]·y[i]·e^(−2πi·k·i/size)        k = 0 … size/2, size a power of two ≥ 16
 *
 * `a` and `b`: the frames. `window`: f64. `twiddles`: `pairFftTwiddles` in ../src/fft-tables.ts. `x` and `y`: 16·size bytes each, one of
 * which is given back. It holds vectors of two f64: the real part of bin 0, then real and imaginary part of each bin, last the real part
 * of bin size/2. When log2(size) is odd, it holds two such sequences, of the even and of the odd samples, and the last pass, of radix 2
 * (forwardBy2), is left to the caller.
 */
export function pairFft(a: usize, b: usize, size: i32, window: usize, twiddles: usize, x: usize, y: usize): usize {
  windowedBy4(a, b, size, window, x);
  let length = 4;
  let blocks = size >> 4;
  let from = x, to = y;
  for (; blocks >= 1; blocks >>= 2) {
    forwardBy4<f64>(length, blocks, from, to, twiddles);
    twiddles += (<usize>length - 2) * 24;
    length <<= 2;
    const next = from;
    from = to;
    to = next;
  }
  return from;
}

/** The first pass, of sequences of one value, on samples times window: two samples of each quarter of both frames at a time. */
// @ts-ignore: decorator
@inline
function windowedBy4(a: usize, b: usize, size: i32, window: usize, to: usize): void {
  const quarter = <usize>size;
  for (let i: usize = 0; i < quarter; i += 8, to += 128) {
    const w = window + (i << 1);
    const a0 = windowed(a + i, w), b0 = windowed(b + i, w);
    const a1 = windowed(a + i + quarter, w + 2 * quarter), b1 = windowed(b + i + quarter, w + 2 * quarter);
    const a2 = windowed(a + i + 2 * quarter, w + 4 * quarter), b2 = windowed(b + i + 2 * quarter, w + 4 * quarter);
    const a3 = windowed(a + i + 3 * quarter, w + 6 * quarter), b3 = windowed(b + i + 3 * quarter, w + 6 * quarter);
    butterfly(to, first(a0, b0), first(a1, b1), first(a2, b2), first(a3, b3));
    butterfly(to + 64, second(a0, b0), second(a1, b1), second(a2, b2), second(a3, b3));
  }
}

// @ts-ignore: decorator
@inline
function windowed(samples: usize, window: usize): v128 {
  return f64x2.mul(v128.load(window), f64x2.promote_low_f32x4(v128.load64_zero(samples)));
}

// @ts-ignore: decorator
@inline
function first(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

// @ts-ignore: decorator
@inline
function second(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

// @ts-ignore: decorator
@inline
function butterfly(to: usize, x0: v128, x1: v128, x2: v128, x3: v128): void {
  const s0 = f64x2.add(x0, x2), s1 = f64x2.add(x1, x3);
  v128.store(to, f64x2.add(s1, s0));
  v128.store(to, f64x2.sub(x0, x2), 16);
  v128.store(to, f64x2.sub(x3, x1), 32);
  v128.store(to, f64x2.sub(s0, s1), 48);
}
