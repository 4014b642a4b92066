import { melTwin } from './mel.twin.js';
import { deviation, noise, owner, placed, placedQuads, powerOf, readQuads } from './quads.fixture.js';

const { run, arena } = owner;

describe('mel bands', () => {
  it('are those of their twin, for gaps of no, one and many bins', () => {
    const gaps = [
      { first: 1, count: 1 },
      { first: 2, count: 0 },
      { first: 2, count: 2 },
      { first: 4, count: 3 },
      { first: 7, count: 20 },
    ];
    const [binCount, bandCount] = [30, gaps.length - 1];
    const pairs = noise(2 * gaps.reduce((sum, { count }) => sum + count, 0), 5).map(Math.abs);
    const weights = Array.from({ length: bandCount }, () => new Float32Array(binCount));
    let at = 0;
    gaps.forEach(({ first, count }, gap) => {
      for (let k = first; k < first + count; k++) {
        if (gap < bandCount) weights[gap]![k] = pairs[at]!;
        if (gap > 0) weights[gap - 1]![k] = pairs[at + 1]!;
        at += 2;
      }
    });
    const bank = new Uint32Array(2 * gaps.length + pairs.length);
    bank.set(gaps.flatMap(({ first, count }) => [first, count]));
    new Float32Array(bank.buffer).set(pairs, 2 * gaps.length);
    const frames = [1, 2, 3, 4, 5].map((seed) => noise(binCount, seed).map(Math.abs));
    const out = arena.keep(2 * 16 * bandCount);
    run.quadMel(placedQuads(frames), 2, binCount, placed(bank), bandCount, out);
    readQuads(out, frames.length, bandCount).forEach((bands, t) => {
      expect(deviation(bands, melTwin(powerOf(frames[t]!), weights))).toBeLessThan(1e-6);
    });
  });
});
