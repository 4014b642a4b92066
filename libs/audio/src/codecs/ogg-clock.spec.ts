import { OggClock } from './ogg-clock.js';

/** A page of one packet of `bodyBytes`. */
const page = (position: number, bodyBytes: number): number[] => {
  const granule = [position & 255, position >> 8, 0, 0, 0, 0, 0, 0];
  return [
    0x4f,
    0x67,
    0x67,
    0x53,
    0,
    0,
    ...granule,
    ...new Array<number>(12).fill(0),
    1,
    bodyBytes,
    ...new Array<number>(bodyBytes).fill(0x4f),
  ];
};

describe('the clock of an Ogg file', () => {
  it.each([1, 5, 30, 1000])('gives the position of the last page, in pieces of %i bytes', (pieceBytes) => {
    const file = [...page(0, 19), ...page(960, 200), ...page(2000, 100)];
    const clock = new OggClock();
    for (let at = 0; at < file.length; at += pieceBytes) clock.push(Uint8Array.from(file.slice(at, at + pieceBytes)));
    expect(clock.position).toBe(2000);
  });

  it('knows none before there is sound', () => {
    const clock = new OggClock();
    clock.push(Uint8Array.from(page(0, 19)));
    expect(clock.position).toBeNull();
  });
});
