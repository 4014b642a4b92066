import { Pieces } from './pieces.js';

describe('what comes in pieces', () => {
  const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i % 251);
  const piecesOf = (size: number) => {
    const pieces = new Pieces();
    for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size));
    return pieces;
  };

  it.each([1, 7, 64, 10_000])('of %d bytes is whole in the end', (size) => {
    const pieces = piecesOf(size);
    expect(Buffer.compare(pieces.whole(), bytes)).toBe(0);
    pieces.push(Uint8Array.of(1, 2));
    expect(Buffer.compare(Buffer.concat(pieces.takeAll()), Buffer.concat([bytes, Uint8Array.of(1, 2)]))).toBe(0);
  });

  it('holds as a whole nothing of what it was a view of', () => {
    const pieces = new Pieces();
    pieces.push(bytes.subarray(100, 160));
    const whole = pieces.whole();
    expect([whole.byteLength, whole.buffer.byteLength]).toEqual([60, 60]);
    expect(pieces.whole()).toBe(whole);
  });

  it('is few of them', () => expect(piecesOf(1).takeAll().length).toBeLessThan(256 + 10_000 / 256));
  it('is nothing where nothing came', () => expect(new Pieces().whole()).toHaveLength(0));
});
