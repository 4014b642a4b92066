import { chromaTwin } from './chroma.twin.js';
import { deviation, noise, owner, placed, placedQuads, powerOf, readQuads } from './quads.fixture.js';

const { run, arena } = owner;

describe('chroma', () => {
  const dense = 3;
  const runs = [
    { first: 10, bins: 4 },
    { first: 11, bins: 1 },
    { first: 0, bins: 6 },
    { first: 5, bins: 2 },
  ];
  const binCount = dense + runs.reduce((sum, { bins }) => sum + bins, 0);
  const bank = new Float32Array(12 * binCount);
  const words: number[] = [dense];
  const weights = noise(12 * binCount, 9).map(Math.abs);
  const patterns = new Uint32Array(weights.buffer);
  bank.set(weights.subarray(0, 12 * dense));
  words.push(...patterns.subarray(0, 12 * dense));
  let k = dense;
  for (const { first, bins } of runs) {
    words.push(first, bins);
    for (const end = k + bins; k < end; k++) {
      for (let i = 0; i < 7; i++) bank[12 * k + ((first + i) % 12)] = weights[12 * k + i]!;
      words.push(...patterns.subarray(12 * k, 12 * k + 7));
    }
  }
  const frames = [1, 2, 3, 4, 5].map((seed) => noise(binCount, seed).map(Math.abs));
  frames.push(new Float32Array(binCount));
  const out = arena.keep(2 * 16 * 12);
  const largest = arena.keep(2 * 16);
  run.quadChroma(placedQuads(frames), 2, binCount, placed(Uint32Array.from([...words, 0, 0])), arena.keep(288), out, largest);
  const rows = readQuads(out, frames.length, 12);

  it('is its twin, also where runs of neighbours pass the end of the circle', () => {
    for (const [t, frame] of frames.entries()) expect(deviation(rows[t]!, chromaTwin(powerOf(frame), bank))).toBeLessThan(1e-6);
  });

  it('tells by what it was divided', () => {
    const raw = (frame: Float32Array, c: number) => powerOf(frame).reduce((sum, power, k) => sum + power * bank[12 * k + c]!, 0);
    const expected = frames.map((frame) => Math.max(...Array.from({ length: 12 }, (_, c) => raw(frame, c))));
    expect(deviation(arena.f32(largest, frames.length), expected)).toBeLessThan(1e-6);
  });

  it('is 0 in silence, and has a 1 elsewhere', () => {
    expect(rows.map((row) => Math.max(...row))).toEqual([1, 1, 1, 1, 1, 0]);
  });
});
