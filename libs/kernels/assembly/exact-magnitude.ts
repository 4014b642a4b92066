/*
 * The magnitudes of four frames once more, in f64 and with numpy's roundings, for what the last bit decides: f32 leaves bins 1e-7 of the
 * frame's level off. Two frames at a time, each real sequence of N samples as a complex one of H = N/2 points (real-quads.ts).
 *
 *     X[t,k] = Σᵢ w[i]·y[t·hop + i]·e^(−2πi·k·i/N), rounded to f32        S[t,k] = |X[t,k]|, in f32
 *
 * `window`: w/2 in f64. `roots`: e^(−2πi·j/N), j = 0 … H − 1, pairs of f64. `work`: 32·N bytes. `out`: N/2 + 1 rows, one quad.
 */
export function exactQuadMagnitude(pcm: usize, hop: i32, size: i32, window: usize, roots: usize, work: usize, out: usize): void {
  const stride = <usize>hop << 2;
  exactPair(pcm, stride, size, window, roots, work, out);
  exactPair(pcm + 2 * stride, stride, size, window, roots, work, out + 8);
}

function exactPair(pcm: usize, stride: usize, size: i32, window: usize, roots: usize, work: usize, out: usize): void {
  const half = size >> 1;
  for (let i: usize = 0, end = <usize>size << 2; i < end; i += 4) {
    const pair = f64x2.replace_lane(f64x2.splat(<f64>load<f32>(pcm + i)), 1, <f64>load<f32>(pcm + i + stride));
    v128.store(work + (i << 2), f64x2.mul(v128.load64_splat(window + (i << 1)), pair));
  }
  const z = sortedFft(work, work + (<usize>size << 4), half, roots);
  store64(out, abs32(twice(f64x2.add(v128.load(z), v128.load(z, 16))), f64x2.splat(0)));
  store64(out + (<usize>half << 4), abs32(twice(f64x2.sub(v128.load(z), v128.load(z, 16))), f64x2.splat(0)));
  for (let k: usize = 1; k < <usize>half; k++) {
    const a = z + (k << 5), b = z + ((<usize>half - k) << 5);
    const ar = v128.load(a), ai = v128.load(a, 16), br = v128.load(b), bi = v128.load(b, 16);
    const wr = v128.load64_splat(roots + (k << 4)), wi = v128.load64_splat(roots + (k << 4), 8);
    const or = f64x2.add(ai, bi), oi = f64x2.sub(br, ar);
    const re = f64x2.add(f64x2.add(ar, br), f64x2.sub(f64x2.mul(wr, or), f64x2.mul(wi, oi)));
    const im = f64x2.add(f64x2.sub(ai, bi), f64x2.add(f64x2.mul(wr, oi), f64x2.mul(wi, or)));
    store64(out + (k << 4), abs32(re, im));
  }
}

/*
 * The complex FFT of two sequences, one in each lane, in the order of its bins: decimation in frequency, each pass into the other memory.
 * After the passes so far there are `runs` transforms of `length` points each: z[j·runs + r] is point j of transform r.
 */
function sortedFft(z: usize, other: usize, points: i32, roots: usize): usize {
  for (let length = points, runs = 1; length > 1; length >>= 1, runs <<= 1) {
    const apart = <usize>points << 4; // half of the memory: from point j to j + length/2
    const runBytes = <usize>runs << 5;
    for (let j = 0; j < length >> 1; j++) {
      const root = roots + (<usize>(j * runs) << 5); // W of `length` points to the j-th: the (2·runs·j)-th of N = 2·points
      const wr = v128.load64_splat(root), wi = v128.load64_splat(root, 8);
      let p = z + <usize>j * runBytes, q = other + <usize>j * 2 * runBytes;
      for (const end = p + runBytes; p < end; p += 32, q += 32) {
        const ar = v128.load(p), ai = v128.load(p, 16), br = v128.load(p + apart), bi = v128.load(p + apart, 16);
        const dr = f64x2.sub(ar, br), di = f64x2.sub(ai, bi);
        v128.store(q, f64x2.add(ar, br));
        v128.store(q, f64x2.add(ai, bi), 16);
        v128.store(q + runBytes, f64x2.sub(f64x2.mul(dr, wr), f64x2.mul(di, wi)));
        v128.store(q + runBytes, f64x2.add(f64x2.mul(dr, wi), f64x2.mul(di, wr)), 16);
      }
    }
    const filled = other;
    other = z;
    z = filled;
  }
  return z;
}

/** numpy's `absolute` of complex64, larger·√(1 + (smaller/larger)²) in f32 but for the sum, which is rounded once; 0 of 0. */
// @ts-ignore: decorator
@inline
function abs32(re: v128, im: v128): v128 {
  const a = f32x4.abs(f32x4.demote_f64x2_zero(re)), b = f32x4.abs(f32x4.demote_f64x2_zero(im));
  const larger = f32x4.pmax(a, b);
  const ratio = f64x2.promote_low_f32x4(f32x4.div(f32x4.pmin(a, b), larger));
  const sum = f32x4.demote_f64x2_zero(f64x2.add(f64x2.splat(1), f64x2.mul(ratio, ratio)));
  return v128.and(f32x4.mul(larger, f32x4.sqrt(sum)), f32x4.ne(larger, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function twice(x: v128): v128 {
  return f64x2.add(x, x);
}

// @ts-ignore: decorator
@inline
function store64(p: usize, pair: v128): void {
  v128.store64_lane(p, pair, 0);
}
