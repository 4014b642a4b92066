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
 * One block for `complexFft`: byte offsets of the positions and of the joining turns (16 bytes), the quad FFT's twiddles, positions in
 * bytes, and for each four k the vectors cos and −sin of 2π·l·k/size, l = 1, 2, 3.
 */
export function keepComplexFftTables(arena: Arena, size: number): number {
  const lanes = size / 4;
  const twiddles = quadFftTwiddles(lanes);
  const positionsAt = 16 + twiddles.byteLength + (-twiddles.byteLength & 15);
  const joinAt = positionsAt + 4 * lanes;
  const pointer = arena.keep(joinAt + 24 * lanes);
  arena.u32(pointer, 2).set([positionsAt, joinAt]);
  arena.f32(pointer + 16, twiddles.length).set(twiddles);
  arena.u32(pointer + positionsAt, lanes).set(quadFftPositions(lanes).map((position) => position * 32));
  const join = arena.f32(pointer + joinAt, 6 * lanes);
  for (let k = 0; k < lanes; k++) {
    for (let l = 1; l <= 3; l++) {
      const at = (k - (k % 4)) * 6 + (l - 1) * 8 + (k % 4);
      join[at] = Math.cos((2 * Math.PI * l * k) / size);
      join[at + 4] = -Math.sin((2 * Math.PI * l * k) / size);
    }
  }
  return pointer;
}

/** −i·e^(−2πi·k/size) for k = 0 … size/4 − 1, four real parts and four imaginary parts in turn. */
export function realFftTurns(size: number): Float32Array {
  const turns = new Float32Array(size / 2);
  for (let k = 0; k < size / 4; k++) {
    const at = (k - (k % 4)) * 2 + (k % 4);
    turns[at] = -Math.sin((2 * Math.PI * k) / size);
    turns[at + 4] = -Math.cos((2 * Math.PI * k) / size);
  }
  return turns;
}

/** For the kernel's `pairFft`: the twiddles of its passes over sequences of 4, 16 … samples, in that order, as real-passes.ts has them. */
export function pairFftTwiddles(size: number): Float64Array {
  const root = rootsOfUnity(size);
  const twiddles: number[] = [];
  for (let length = 4; length < size; ) {
    const radix = length * 4 <= size ? 4 : 2;
    const blocks = size / length / radix;
    for (let i = 1; 2 * i < length; i++) {
      for (let row = 1; row < radix; row++) twiddles.push(...root(row * i * blocks));
    }
    length *= radix;
  }
  return Float64Array.from(twiddles);
}

/**
 * The cosine and the sine of 2π·k/size, rounded as pocketfft's are: those of a multiple of a power of two times those of the rest, each
 * from the first eighth of the circle.
 */
function rootsOfUnity(size: number): (k: number) => [number, number] {
  const eighth = Math.PI / 4 / size;
  const ofEighth = (k: number): [number, number] => {
    const [turns, quarter] = [(8 * k) % (2 * size), Math.floor((8 * k) / (2 * size))];
    const isLow = turns < size;
    const angle = (isLow ? turns : 2 * size - turns) * eighth;
    const [cos, sin] = isLow ? [Math.cos(angle), Math.sin(angle)] : [Math.sin(angle), Math.cos(angle)];
    return quarter === 0 ? [cos, sin] : quarter === 1 ? [-sin, cos] : [-cos, -sin]; // k ≤ size/2
  };
  const step = 2 ** Math.max(1, Math.ceil(Math.log2((size + 2) / 2) / 2));
  return (k) => {
    const m = Math.min(k, size - k);
    const [[a, b], [c, d]] = [ofEighth(m % step), ofEighth(m - (m % step))];
    return [a * c - b * d, k === m ? a * d + b * c : -(a * d + b * c)];
  };
}

/** Throws unless `size` is a power of two of at least `least`. */
export function checkFftSize(size: number, least: number): void {
  if (!Number.isInteger(Math.log2(size)) || size < least)
    throw new RangeError(`FFT of ${size} points: a power of two ≥ ${least} is needed`);
}
