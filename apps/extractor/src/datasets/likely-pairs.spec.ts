import { likelyPairs } from './likely-pairs.js';

const length = 40;

/** Numbers from −1 to 1, the same for the same seed. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Sketches of `clips` clips, of which every hundredth is nearly the one before. */
function sketches(clips: number): Float32Array {
  const random = noise(7);
  const values = new Float32Array(clips * length);
  for (let clip = 0; clip < clips; clip++)
    for (let k = 0; k < length; k++)
      values[clip * length + k] = clip % 100 === 99 ? values[(clip - 1) * length + k]! + 0.2 * random() : random();
  return values;
}

describe('likely pairs', () => {
  it('are nearly all that are alike, and hardly any other, without looking at all pairs', async () => {
    const clips = 8_000;
    const pairs = await likelyPairs({ values: sketches(clips), length, variants: 1 }, { leastCosine: 0.7 });
    const isCopy = ([a, b]: [number, number]) => b === a + 1 && b % 100 === 99;
    expect(pairs.filter(isCopy).length).toBeGreaterThan(0.97 * (clips / 100));
    expect(pairs.filter((pair) => !isCopy(pair)).length).toBeLessThan(10);
  });

  it('are the same when they are looked for again', async () => {
    const values = sketches(500);
    const look = () => likelyPairs({ values: values.slice(), length, variants: 1 }, { leastCosine: 0.5 });
    expect(await look()).toEqual(await look());
  });

  it('of few clips are all pairs', async () =>
    expect(await likelyPairs({ values: sketches(3), length, variants: 1 }, { leastCosine: 0.7 })).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]));

  it('of none are none', async () =>
    expect(await likelyPairs({ values: new Float32Array(0), length, variants: 1 }, { leastCosine: 0.7 })).toEqual([]));
});
