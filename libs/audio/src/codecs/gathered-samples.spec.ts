import { GatheredSamples } from './gathered-samples.js';

describe('gathered samples', () => {
  const piece = (...values: number[]) => [Float32Array.from(values), Float32Array.from(values, (value) => -value)];

  it('are what was added, in order', () => {
    const gathered = new GatheredSamples();
    for (let i = 0; i < 100; i++) gathered.add(piece(2 * i, 2 * i + 1));
    expect(gathered.channels()).toEqual(piece(...Array.from({ length: 200 }, (_, i) => i)));
  });

  it('begin anew in the same memory', () => {
    const gathered = new GatheredSamples();
    gathered.add(piece(1, 2, 3));
    const [before] = gathered.channels();
    gathered.clear();
    gathered.add(piece(4));
    expect(gathered.channels()).toEqual(piece(4));
    expect(gathered.channels()[0]!.buffer).toBe(before!.buffer);
  });

  it('are none before the first', () => expect(new GatheredSamples().channels()).toEqual([]));
});
