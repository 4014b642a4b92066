import { BlockBuffer } from './block-buffer.js';

describe('the memory of blocks', () => {
  it('is the same for each block that fits', () => {
    const buffer = new BlockBuffer();
    const [left] = buffer.take(2, 100);
    const [shorter, right] = buffer.take(2, 40);
    expect([shorter!.length, right!.length]).toEqual([40, 40]);
    expect(shorter!.buffer).toBe(left!.buffer);
    expect(buffer.take(2, 100)[0]).toBe(left);
  });

  it('grows with the blocks, and follows the number of channels', () => {
    const buffer = new BlockBuffer();
    buffer.take(2, 100);
    expect(buffer.take(2, 101).map(({ length }) => length)).toEqual([101, 101]);
    expect(buffer.take(3, 50).map(({ length }) => length)).toEqual([50, 50, 50]);
  });
});
