// Taken out of Math once: where modules have a context of their own, as in tests, each look-up of a global is slow.
const { floor, imul } = Math;

/**
 * Numbers that look random and depend on their coordinates alone: the seed, what they are for, and their index. So any step of a training
 * can be done again after a resume without a generator's state, and nobody's numbers depend on how many others were drawn before.
 *
 *     bits[i] = mix(mix(i ^ a) + b)        a, b = two hashes of seed and purpose
 *
 * For one purpose this is a bijection of 32 bits: no value comes twice within 2³² indexes. `mix` is a multiply and xor-shift hash with the
 * constants of "lowbias32" (C. Wellons, Prospecting for hash functions).
 */
export class Random {
  private readonly a: number;
  private readonly b: number;

  /** `purpose` says what the numbers are for: `new Random(seed, 'shuffle', epoch)`. */
  constructor(seed: number, ...purpose: readonly (string | number)[]) {
    let [a, b] = [0x9e3779b9, 0x243f6a88];
    const add = (word: number) => {
      a = mix(a ^ word);
      b = mix((b + word) ^ a);
    };
    addNumber(seed, add);
    for (const part of purpose) {
      if (typeof part === 'number') addNumber(part, add);
      else for (let i = 0; i <= part.length; i++) add(i < part.length ? part.charCodeAt(i) + 1 : 0); // 0 ends it: 'a', 'b' is not 'ab'
    }
    this.a = a;
    this.b = b;
  }

  /** A whole number from 0 to below 2³². */
  bits(index: number): number {
    return mix(mix(index ^ this.a) + this.b) >>> 0;
  }

  /** From 0 to below 1. */
  uniform(index: number): number {
    return this.bits(index) / 0x1_0000_0000;
  }

  /** A whole number from 0 to below `end` (at most 2³²). */
  below(index: number, end: number): number {
    return floor(this.uniform(index) * end);
  }

  /** Of mean 0 and deviation 1 (Box and Muller), from the bits of 2·index and 2·index + 1. */
  normal(index: number): number {
    const radius = Math.sqrt(-2 * Math.log((this.bits(2 * index) + 1) / 0x1_0000_0000));
    return radius * Math.cos(2 * Math.PI * this.uniform(2 * index + 1));
  }

  /** The values in another order, in place (Fisher and Yates). */
  shuffle<Values extends Int32Array | unknown[]>(values: Values): Values {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.below(last, last + 1);
      const value = values[last]!;
      values[last] = values[other]!;
      values[other] = value;
    }
    return values;
  }

  /** 0 to below `count` in random order. */
  permutation(count: number): Int32Array {
    return this.shuffle(Int32Array.from({ length: count }, (_, i) => i));
  }
}

function addNumber(value: number, add: (word: number) => void): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number that could seed anything`);
  add(value | 0);
  add(Math.floor(value / 0x1_0000_0000) | 0);
}

function mix(word: number): number {
  let x = word | 0;
  x = imul(x ^ (x >>> 16), 0x7feb352d);
  x = imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
