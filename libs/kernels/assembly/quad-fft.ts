/*
 * Four independent complex FFTs at once, one in each SIMD lane, in place: no butterfly needs a shuffle.
 *
 *     Z[k] = Σₘ z[m]·e^(−2πi·k·m/size)
 *
 * `z` holds `size` (a power of two) elements of 32 bytes: the four real parts, then the four imaginary parts. Decimation in
 * frequency by radix 4 (one radix 2 pass at the end when log2(size) is odd), so bin k ends at the position that
 * `quadFftPositions` in ../src/fft-tables.ts gives. `twiddles` is laid out by `quadFftTwiddles` there.
 */
export function quadFft(z: usize, size: i32, twiddles: usize): void {
  const end = z + (<usize>size << 5);
  let w = twiddles;
  let length = size;
  while (length >= 8) {
    const quarter = <usize>(length >> 2) << 5;
    for (let block = z; block < end; block += quarter << 2) radix4(block, quarter, w);
    w += (quarter >> 5) * 24;
    length >>= 2;
  }
  if (length == 4) radix4OfFour(z, end, 32, 96);
  else if (length == 2) lastRadix2(z, end);
}

/** One radix 4 block of four quarters; for element j the twiddles W, W², W³ (W = e^(−2πi·j/length)) lie at w + 24·j. */
// @ts-ignore: decorator
@inline
function radix4(block: usize, quarter: usize, w: usize): void {
  for (let p = block, end = block + quarter; p < end; p += 32, w += 24) {
    const q = p + quarter;
    const r = q + quarter;
    const s = r + quarter;
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = v128.load(q), bi = v128.load(q, 16);
    const cr = v128.load(r), ci = v128.load(r, 16);
    const dr = v128.load(s), di = v128.load(s, 16);
    const t0r = f32x4.add(ar, cr), t0i = f32x4.add(ai, ci);
    const t1r = f32x4.sub(ar, cr), t1i = f32x4.sub(ai, ci);
    const t2r = f32x4.add(br, dr), t2i = f32x4.add(bi, di);
    const t3r = f32x4.sub(bi, di), t3i = f32x4.sub(dr, br); // −i·(b − d)
    v128.store(p, f32x4.add(t0r, t2r));
    v128.store(p, f32x4.add(t0i, t2i), 16);
    storeProduct(q, f32x4.add(t1r, t3r), f32x4.add(t1i, t3i), w);
    storeProduct(r, f32x4.sub(t0r, t2r), f32x4.sub(t0i, t2i), w + 8);
    storeProduct(s, f32x4.sub(t1r, t3r), f32x4.sub(t1i, t3i), w + 16);
  }
}

// @ts-ignore: decorator
@inline
function storeProduct(p: usize, re: v128, im: v128, w: usize): void {
  const wr = v128.load32_splat(w);
  const wi = v128.load32_splat(w, 4);
  v128.store(p, f32x4.sub(f32x4.mul(re, wr), f32x4.mul(im, wi)));
  v128.store(p, f32x4.add(f32x4.mul(re, wi), f32x4.mul(im, wr)), 16);
}

/** The transforms of four elements, which need no twiddles; bin 1 is put at `one`, bin 3 at `three`. The inverse has the two exchanged. */
// @ts-ignore: decorator
@inline
function radix4OfFour(z: usize, end: usize, one: usize, three: usize): void {
  for (let p = z; p < end; p += 128) {
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = v128.load(p, 32), bi = v128.load(p, 48);
    const cr = v128.load(p, 64), ci = v128.load(p, 80);
    const dr = v128.load(p, 96), di = v128.load(p, 112);
    const t0r = f32x4.add(ar, cr), t0i = f32x4.add(ai, ci);
    const t1r = f32x4.sub(ar, cr), t1i = f32x4.sub(ai, ci);
    const t2r = f32x4.add(br, dr), t2i = f32x4.add(bi, di);
    const t3r = f32x4.sub(bi, di), t3i = f32x4.sub(dr, br);
    v128.store(p, f32x4.add(t0r, t2r));
    v128.store(p, f32x4.add(t0i, t2i), 16);
    v128.store(p + one, f32x4.add(t1r, t3r));
    v128.store(p + one, f32x4.add(t1i, t3i), 16);
    v128.store(p, f32x4.sub(t0r, t2r), 64);
    v128.store(p, f32x4.sub(t0i, t2i), 80);
    v128.store(p + three, f32x4.sub(t1r, t3r));
    v128.store(p + three, f32x4.sub(t1i, t3i), 16);
  }
}

// @ts-ignore: decorator
@inline
function lastRadix2(z: usize, end: usize): void {
  for (let p = z; p < end; p += 64) {
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = v128.load(p, 32), bi = v128.load(p, 48);
    v128.store(p, f32x4.add(ar, br));
    v128.store(p, f32x4.add(ai, bi), 16);
    v128.store(p, f32x4.sub(ar, br), 32);
    v128.store(p, f32x4.sub(ai, bi), 48);
  }
}

/**
 * The inverse of `quadFft` but for the factor 1/size: from the order in which that leaves the bins back to the natural one.
 *
 *     z[m] = Σₖ Z[k]·e^(2πi·k·m/size)
 */
export function quadFftInverse(z: usize, size: i32, twiddles: usize): void {
  const end = z + (<usize>size << 5);
  let w = twiddles;
  let length = size;
  for (; length >= 8; length >>= 2) w += <usize>(length >> 2) * 24;
  if (length == 4) radix4OfFour(z, end, 96, 32);
  else if (length == 2) lastRadix2(z, end); // its own inverse
  for (length <<= 2; length <= size; length <<= 2) {
    const quarter = <usize>(length >> 2) << 5;
    w -= (quarter >> 5) * 24;
    for (let block = z; block < end; block += quarter << 2) inverseRadix4(block, quarter, w);
  }
}

/** Undoes `radix4`: the conjugate twiddles, then the sums with i in place of −i. */
// @ts-ignore: decorator
@inline
function inverseRadix4(block: usize, quarter: usize, w: usize): void {
  for (let p = block, end = block + quarter; p < end; p += 32, w += 24) {
    const q = p + quarter;
    const r = q + quarter;
    const s = r + quarter;
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = turnedBackRe(q, w), bi = turnedBackIm(q, w);
    const cr = turnedBackRe(r, w + 8), ci = turnedBackIm(r, w + 8);
    const dr = turnedBackRe(s, w + 16), di = turnedBackIm(s, w + 16);
    const t0r = f32x4.add(ar, cr), t0i = f32x4.add(ai, ci);
    const t1r = f32x4.sub(ar, cr), t1i = f32x4.sub(ai, ci);
    const t2r = f32x4.add(br, dr), t2i = f32x4.add(bi, di);
    const t3r = f32x4.sub(di, bi), t3i = f32x4.sub(br, dr); // i·(b − d)
    v128.store(p, f32x4.add(t0r, t2r));
    v128.store(p, f32x4.add(t0i, t2i), 16);
    v128.store(q, f32x4.add(t1r, t3r));
    v128.store(q, f32x4.add(t1i, t3i), 16);
    v128.store(r, f32x4.sub(t0r, t2r));
    v128.store(r, f32x4.sub(t0i, t2i), 16);
    v128.store(s, f32x4.sub(t1r, t3r));
    v128.store(s, f32x4.sub(t1i, t3i), 16);
  }
}

// @ts-ignore: decorator
@inline
function turnedBackRe(p: usize, w: usize): v128 {
  return f32x4.add(f32x4.mul(v128.load(p), v128.load32_splat(w)), f32x4.mul(v128.load(p, 16), v128.load32_splat(w, 4)));
}

// @ts-ignore: decorator
@inline
function turnedBackIm(p: usize, w: usize): v128 {
  return f32x4.sub(f32x4.mul(v128.load(p, 16), v128.load32_splat(w)), f32x4.mul(v128.load(p), v128.load32_splat(w, 4)));
}
