import type { Arena } from './arena.js';

/** Where the kernel's quad FFT of `size` points leaves bin k, counted in elements: digits of k reversed, radix 4, then 2. */
export function quadFftPositions(size: number): Uint32Array {
  const positions = new Uint32Array(size);
  for (let k = 0; k < size; k++) {
    let position = 0;
    for (let length = size, bin = k; length > 1; ) {
      const radix = length === 2 ? 2 : 4;
      length /= radix;
      position += (bin % radix) * length;
      bin = Math.floor(bin / radix);
    }
    positions[k] = position;
  }
  return positions;
}

/** W, W², W³ of each radix 4 pass that needs them, W = e^(−2πi·j/length): real and imaginary parts in turn. */
export function quadFftTwiddles(size: number): Float32Array {
  const twiddles: number[] = [];
  for (let length = size; length >= 8; length /= 4) {
    for (let j = 0; j < length / 4; j++) {
      for (const power of [1, 2, 3]) {
        const angle = (2 * Math.PI * j * power) / length;
        twiddles.push(Math.cos(angle), -Math.sin(angle));
      }
    }
  }
  return Float32Array.from(twiddles);
}

/**
 * One block for `complexFft`: byte offsets of the positions and of the turns (16 bytes), the quad FFT's twiddles, where it leaves each
 * bin, in bytes, and for each four m the vectors cos and −sin of 2π·p·m/size, p = 1, 2, 3.
 */
export function keepComplexFftTables(arena: Arena, size: number): number {
  const lanes = size / 4;
  const twiddles = quadFftTwiddles(lanes);
  const positionsAt = 16 + twiddles.byteLength + (-twiddles.byteLength & 15);
  const turnsAt = positionsAt + 4 * lanes;
  const pointer = arena.keep(turnsAt + 24 * lanes);
  arena.u32(pointer, 2).set([positionsAt, turnsAt]);
  arena.f32(pointer + 16, twiddles.length).set(twiddles);
  arena.u32(pointer + positionsAt, lanes).set(quadFftPositions(lanes).map((position) => position * 32));
  const turns = arena.f32(pointer + turnsAt, 6 * lanes);
  for (let m = 0; m < lanes; m++) {
    for (let p = 1; p <= 3; p++) {
      const at = (m - (m % 4)) * 6 + (p - 1) * 8 + (m % 4);
      turns[at] = Math.cos((2 * Math.PI * p * m) / size);
      turns[at + 4] = -Math.sin((2 * Math.PI * p * m) / size);
    }
  }
  return pointer;
}

/** (1 − i·e^(−2πi·k/size))/2 for k = 0 … size/4 − 1, four real parts and four imaginary parts in turn. */
export function realFftShares(size: number): Float32Array {
  const shares = new Float32Array(size / 2);
  for (let k = 0; k < size / 4; k++) {
    const at = (k - (k % 4)) * 2 + (k % 4);
    shares[at] = (1 - Math.sin((2 * Math.PI * k) / size)) / 2;
    shares[at + 4] = -Math.cos((2 * Math.PI * k) / size) / 2;
  }
  return shares;
}

/**
 * One block for the kernels of real-quads.ts, transforms of `size` real samples: offsets of positions and turns (16 bytes), the quad FFT's
 * twiddles, where it leaves each bin, in bytes, and e^(−2πi·k/size) for k = 0 … size/4.
 */
export function keepRealQuadTables(arena: Arena, size: number): number {
  checkFftSize(size, 8);
  const half = size / 2;
  const twiddles = quadFftTwiddles(half);
  const positionsAt = 16 + twiddles.byteLength;
  const turnsAt = positionsAt + 4 * half;
  const pointer = arena.keep(turnsAt + 8 * (size / 4 + 1));
  arena.u32(pointer, 2).set([positionsAt, turnsAt]);
  arena.f32(pointer + 16, twiddles.length).set(twiddles);
  arena.u32(pointer + positionsAt, half).set(quadFftPositions(half).map((position) => position * 32));
  const turns = arena.f32(pointer + turnsAt, size / 2 + 2);
  for (let k = 0; k <= size / 4; k++) {
    turns[2 * k] = Math.cos((2 * Math.PI * k) / size);
    turns[2 * k + 1] = -Math.sin((2 * Math.PI * k) / size);
  }
  return pointer;
}

/** e^(−2πi·j/size), j = 0 … size/2 − 1: real and imaginary parts in turn. */
export function rootsOfUnity(size: number): Float64Array {
  const roots = new Float64Array(size);
  for (let j = 0; j < size / 2; j++) {
    roots[2 * j] = Math.cos((2 * Math.PI * j) / size);
    roots[2 * j + 1] = -Math.sin((2 * Math.PI * j) / size);
  }
  return roots;
}

/** Throws unless `size` is a power of two of at least `least`. */
export function checkFftSize(size: number, least: number): void {
  if (!Number.isInteger(Math.log2(size)) || size < least)
    throw new RangeError(`FFT of ${size} points: a power of two ≥ ${least} is needed`);
}
