import { exactly, pcmInMemory, readPadded } from './pcm-source.js';

const source = pcmInMemory(Float32Array.of(1, 2, 3), 8000);
const padded = (start: number, length: number) => {
  const target = new Float32Array(length).fill(9);
  readPadded(source, start, target);
  return Array.from(target);
};

describe('reading past the ends', () => {
  it('gives zeros before', () => expect(padded(-2, 4)).toEqual([0, 0, 1, 2]));
  it('gives zeros after', () => expect(padded(2, 3)).toEqual([3, 0, 0]));
  it('gives zeros on both sides', () => expect(padded(-1, 6)).toEqual([0, 1, 2, 3, 0, 0]));
  it('gives nothing but zeros far outside', () =>
    expect([padded(-9, 2), padded(9, 2)]).toEqual([
      [0, 0],
      [0, 0],
    ]));
});

describe('a source of an exact length', () => {
  it('is cut', () => expect(exactly(source, 2).sampleCount).toBe(2));
  it('is filled up with zeros', () => {
    const target = new Float32Array(5);
    exactly(source, 5).read(0, target);
    expect(Array.from(target)).toEqual([1, 2, 3, 0, 0]);
  });
});
