import { quadFft, quadFftInverse } from './quad-fft';

/*
 * The FFT of four real sequences of N samples at once, one in each lane, by a complex one of H = N/2 points.
 *
 *     z[m] = x[2m] + i·x[2m + 1]        E[k] = (Z[k] + Z*[H − k])/2        O[k] = (Z[k] − Z*[H − k])/2i
 *     X[k] = E[k] + Wᵏ·O[k]        X*[H − k] = E[k] − Wᵏ·O[k]        W = e^(−2πi/N), k = 0 … H/2, Z[H] = Z[0]
 *
 * Memory that alternates real and imaginary parts of z, four lanes each, is that of x in its order. `tables`: those of
 * `keepRealQuadTables` in ../src/fft-tables.ts: u32 offsets of positions and turns (16 bytes), the quad FFT's twiddles, the byte
 * offset of each bin in Z, then Wᵏ for k = 0 … H/2.
 */
// @ts-ignore: decorator
@inline
export function transformed(z: usize, size: i32, tables: usize): void {
  quadFft(z, size >> 1, tables + 16);
}

// @ts-ignore: decorator
@inline
export function positionsIn(tables: usize): usize {
  return tables + load<u32>(tables);
}

// @ts-ignore: decorator
@inline
export function turnsIn(tables: usize): usize {
  return tables + load<u32>(tables, 4);
}

/** Samples i … i + 3 of four sequences that begin `stride` bytes apart, to four vectors, one a sample. */
// @ts-ignore: decorator
@inline
export function storeTransposed(a: v128, b: v128, c: v128, d: v128, z: usize): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(z, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(z, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 16);
  v128.store(z, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5), 32);
  v128.store(z, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7), 48);
}

/*
 * Four blocks of a signal through a filter without phase, to another rate: circular convolution by FFT, of which the caller keeps what the
 * ends have not spoilt.
 *
 *     Y[k] = response[k]·X[k], k < binCount, 0 beyond        y = IFFT(Y) of outSize points
 *
 * `pcm`: the blocks of inSize samples begin `hop` samples apart. `out`: samples `first` … `first + count` of each block, one block after the
 * other; count ≥ 4. binCount ≤ min(inSize, outSize)/2. `work`: 4·(4·inSize + 8·binCount + 4·outSize) bytes.
 */
export function filterBlocks(
  pcm: usize, hop: i32, inSize: i32, inTables: usize, response: usize, binCount: i32, outSize: i32, outTables: usize,
  first: i32, count: i32, work: usize, out: usize,
): void {
  const stride = <usize>hop << 2;
  const bins = work + (<usize>inSize << 4);
  const y = bins + (<usize>binCount << 5);
  for (let i: usize = 0, end = <usize>inSize << 2; i < end; i += 16) {
    const p = pcm + i;
    const a = v128.load(p), b = v128.load(p + stride), c = v128.load(p + 2 * stride), d = v128.load(p + 3 * stride);
    storeTransposed(a, b, c, d, work + (i << 2));
  }
  transformed(work, inSize, inTables);
  filteredBins(work, inSize, inTables, response, 0.5 / <f32>outSize, binCount, bins);
  joinBins(bins, binCount, outSize, outTables, y);
  quadFftInverse(y, outSize >> 1, outTables + 16);
  const lane = <usize>count << 2;
  for (let done: usize = 0; done < lane; done += 16) {
    const i = min(done, lane - 16); // the last four may have been there already
    const p = y + (<usize>first << 4) + (i << 2);
    const a = v128.load(p), b = v128.load(p, 16), c = v128.load(p, 32), d = v128.load(p, 48);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const q = out + i;
    v128.store(q, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
    v128.store(q + lane, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
    v128.store(q + 2 * lane, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
    v128.store(q + 3 * lane, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
  }
}

/** 2·gain·response[k]·X[k] for k < binCount; bins that mirror each other are not both wanted, so that each is had alone. */
function filteredBins(z: usize, size: i32, tables: usize, response: usize, gain: f32, binCount: i32, bins: usize): void {
  const positions = positionsIn(tables), turns = turnsIn(tables);
  const half = <usize>size << 1; // bytes of H positions
  const quarter = <usize>size; // of H/2
  let h = f32x4.splat(gain * load<f32>(response));
  v128.store(bins, f32x4.mul(f32x4.add(h, h), f32x4.add(v128.load(z), v128.load(z, 16))));
  v128.store(bins, f32x4.splat(0), 16);
  for (let k: usize = 4, end = <usize>binCount << 2; k < end; k += 4) {
    const bin = bins + (k << 3);
    const a = z + load<u32>(positions + k), b = z + load<u32>(positions + half - k);
    // past H/2: Wᵏ = −(W^(H−k))*
    const isPast = k > quarter;
    const turn = turns + ((isPast ? half - k : k) << 1);
    const wr = f32x4.splat(isPast ? -load<f32>(turn) : load<f32>(turn)), wi = v128.load32_splat(turn, 4);
    const ar = v128.load(a), ai = v128.load(a, 16), br = v128.load(b), bi = v128.load(b, 16);
    const or = f32x4.add(ai, bi), oi = f32x4.sub(br, ar);
    h = f32x4.splat(gain * load<f32>(response + k));
    const tr = f32x4.sub(f32x4.mul(wr, or), f32x4.mul(wi, oi)), ti = f32x4.add(f32x4.mul(wr, oi), f32x4.mul(wi, or));
    v128.store(bin, f32x4.mul(h, f32x4.add(f32x4.add(ar, br), tr)));
    v128.store(bin, f32x4.mul(h, f32x4.add(f32x4.sub(ai, bi), ti)), 16);
  }
}

/** Z of the samples whose spectrum is `bins`, 0 from binCount on: E + i·O, its mirror E* + i·O*, where O = W⁻ᵏ·(Y[k] − Y*[H − k])/2; twice that. */
function joinBins(bins: usize, binCount: i32, size: i32, tables: usize, z: usize): void {
  const positions = positionsIn(tables), turns = turnsIn(tables);
  const half = <usize>size << 1;
  const end = bins + (<usize>binCount << 5);
  const zero = f32x4.splat(0);
  const first = v128.load(bins);
  v128.store(z, first); // Y[H] is 0
  v128.store(z, first, 16);
  for (let k: usize = 4; k <= half >> 1; k += 4) {
    const p = bins + (k << 3), q = bins + ((half - k) << 3);
    const isPast = p >= end, isMirrorPast = q >= end;
    const ar = isPast ? zero : v128.load(p), ai = isPast ? zero : v128.load(p, 16);
    const br = isMirrorPast ? zero : v128.load(q), bi = isMirrorPast ? zero : v128.load(q, 16);
    const wr = v128.load32_splat(turns + (k << 1)), wi = v128.load32_splat(turns + (k << 1), 4);
    const er = f32x4.add(ar, br), ei = f32x4.sub(ai, bi);
    const dr = f32x4.sub(ar, br), di = f32x4.add(ai, bi);
    const or = f32x4.add(f32x4.mul(wr, dr), f32x4.mul(wi, di)), oi = f32x4.sub(f32x4.mul(wr, di), f32x4.mul(wi, dr));
    const a = z + load<u32>(positions + k), b = z + load<u32>(positions + half - k);
    v128.store(a, f32x4.sub(er, oi));
    v128.store(a, f32x4.add(ei, or), 16);
    v128.store(b, f32x4.add(er, oi));
    v128.store(b, f32x4.sub(or, ei), 16);
  }
}
