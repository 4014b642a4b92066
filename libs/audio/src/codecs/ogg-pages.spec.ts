import { OggPages, PagePieces } from './ogg-pages.js';

/** A page of packets of these lengths, each below 255. */
function page(position: number, packets: number[], flags = 0): number[] {
  const granule = [position & 255, position >> 8, 0, 0, 0, 0, 0, 0];
  const body = packets.flatMap((length) => new Array<number>(length).fill(0x4f)); // an O could begin a page
  return [0x4f, 0x67, 0x67, 0x53, 0, flags, ...granule, 7, ...new Array<number>(11).fill(0), packets.length, ...packets, ...body];
}

const first = page(0, [19], 2);
const many = new Array<number>(250).fill(1);
const whole = [...first, ...page(960, [200, 30]), ...page(2000, [100], 4)];

describe('the pages of an Ogg file', () => {
  const pagesOf = (file: number[], pieceBytes: number) => {
    const pages = new OggPages();
    const positions: (number | null)[] = [];
    for (let at = 0; at < file.length; at += pieceBytes) {
      for (const { position } of pages.of(Uint8Array.from(file.slice(at, at + pieceBytes)))) positions.push(position);
    }
    return positions;
  };

  it.each([1, 5, 30, 1000])('are found in pieces of %i bytes', (pieceBytes) => expect(pagesOf(whole, pieceBytes)).toEqual([0, 960, 2000]));
  it('are found behind other bytes', () => expect(pagesOf([...first, 0x4f, 0x67, 9, 9, ...page(960, [3])], 1000)).toEqual([0, 960]));
  it('are not found before they are whole', () => expect(pagesOf(whole.slice(0, -1), 1000)).toEqual([0, 960]));
  it('tell no position when no packet ends', () => expect(pagesOf(page(0, [3]).fill(255, 6, 14), 1000)).toEqual([null]));
});

describe('pieces of whole pages', () => {
  const piecesOf = (file: number[], pushBytes = file.length) => {
    const pieces = new PagePieces();
    const sizes: number[] = [];
    for (let at = 0; at < file.length; at += pushBytes) {
      for (const piece of pieces.of(Uint8Array.from(file.slice(at, at + pushBytes)))) sizes.push(piece.length);
    }
    return [...sizes, pieces.rest().length];
  };

  it.each([1, 100, 10_000])('leave nothing out when %i bytes are given at once', (pushBytes) =>
    expect(piecesOf(whole, pushBytes)).toEqual([whole.length]),
  );
  it('end before the page that the end of the file cuts', () =>
    expect(piecesOf(whole.slice(0, -1))).toEqual([first.length + page(0, [200, 30]).length]));
  it('begin where a stream begins', () => expect(piecesOf([...whole, ...whole])).toEqual([whole.length, whole.length]));
  it('hold no more than a thousand packets', () => {
    const five = new Array<number[]>(5).fill(page(9, many)).flat();
    expect(piecesOf([...first, ...five])).toEqual([first.length + 4 * page(9, many).length, page(9, many).length]);
  });
  it('hold no more than 32 kB', () => {
    const large = page(9, new Array<number>(200).fill(100));
    expect(piecesOf([...first, ...large, ...large])).toEqual([first.length + large.length, large.length]);
  });
});
