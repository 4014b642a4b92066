import { noise, owner } from './quads.fixture.js';

const { run, arena } = owner;

/** The bits of Rice codes, as 0 and 1: the quotient in unary, then k bits of remainder. */
function riceBits(values: readonly number[], k: number): number[] {
  return values.flatMap((value) => {
    const folded = value >= 0 ? 2 * value : -2 * value - 1;
    const quotient = Math.floor(folded / 2 ** k);
    const remainder = Array.from({ length: k }, (_, i) => Math.floor(folded / 2 ** (k - 1 - i)) % 2);
    return [...new Array<number>(quotient).fill(0), 1, ...remainder];
  });
}

/** The bits as bytes in the kernels' memory, with eight more that are all ones. */
function placedBits(bits: readonly number[]): { at: number; endBit: number } {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8) + 8).fill(255, -8);
  for (const [i, bit] of bits.entries()) bytes[i >> 3]! |= bit << (7 - (i & 7));
  const at = arena.keep(bytes.length);
  arena.u8(at, bytes.length).set(bytes);
  return { at, endBit: (bytes.length - 8) * 8 };
}

const numbers = (count: number, size: number, seed: number) => [
  ...Int32Array.from(noise(count, seed), (value) => Math.round(size * value ** 3)),
];

describe('Rice codes', () => {
  it.each([
    [0, 0, 20],
    [0, 5, 300],
    [3, 1, 40],
    [5, 7, 900],
    [12, 3, 60_000],
    [30, 6, 2 ** 30],
  ])('with parameter %i that begin at bit %i are read', (k, startBit, size) => {
    const values = numbers(200, size, k + 1);
    const bits = [...new Array<number>(startBit).fill(1), ...riceBits(values, k)];
    const { at, endBit } = placedBits(bits);
    const out = arena.keep(800);
    expect(run.riceCodes(at, startBit, endBit, k, out, 200)).toBe(bits.length);
    expect([...arena.i32(out, 200)]).toEqual(values);
  });

  it.each([1, 30, 64, 200, 1000])('that are cut %i bits before their end end past the last bit', (missing) => {
    const bits = riceBits(numbers(200, 500, 9), 4);
    const { at } = placedBits(bits);
    const endBit = bits.length - missing;
    expect(run.riceCodes(at, 0, endBit, 4, arena.keep(800), 200)).toBe(endBit + 1);
  });

  it('of nothing but zeros end past the last bit', () => {
    const at = arena.keep(1008);
    arena.u8(at, 1008).fill(0);
    expect(run.riceCodes(at, 3, 8000, 2, arena.keep(400), 100)).toBe(8001);
  });
});

describe('the channels of a stereo frame', () => {
  const left = Int32Array.from(numbers(9, 2 ** 20, 3));
  const right = Int32Array.from(numbers(9, 2 ** 20, 4));
  const difference = left.map((value, i) => value - right[i]!);
  const mean = left.map((value, i) => (value + right[i]!) >> 1);

  it.each([
    ['left and difference', 1, left, difference],
    ['difference and right', 2, difference, right],
    ['mean and difference', 3, mean, difference],
  ])('come back from %s', (_, coding, first, second) => {
    const [a, b] = [arena.keep(48), arena.keep(48)];
    arena.i32(a, 9).set(first);
    arena.i32(b, 9).set(second);
    run.undoStereo(a, b, 9, coding);
    expect([arena.i32(a, 9), arena.i32(b, 9)]).toEqual([left, right]);
  });

  it('become samples', () => {
    const at = arena.keep(48);
    arena.i32(at, 9).set(left);
    run.scaled(at, 9, 2 ** -23);
    expect(arena.f32(at, 9)).toEqual(Float32Array.from(left, (value) => value * 2 ** -23));
  });
});
