import { Windows } from './windows.js';

describe('windows of a sound that comes in blocks', () => {
  it('overlap by what the hop leaves, and begin when one is full', () => {
    const cut: number[][] = [];
    const windows = new Windows(4, 2, (samples) => cut.push([...samples]));
    windows.push(Float32Array.of(1, 2, 3));
    expect(cut).toEqual([]);
    windows.push(Float32Array.of(4, 5, 6, 7, 8, 9));
    expect(cut).toEqual([
      [1, 2, 3, 4],
      [3, 4, 5, 6],
      [5, 6, 7, 8],
    ]);
  });
});
