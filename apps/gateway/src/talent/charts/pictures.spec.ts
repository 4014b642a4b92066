import { inflateSync } from 'node:zlib';
import { Pictures } from './pictures.js';

const square = (fill: string, text = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" font-family="Lato" font-size="18"><rect width="40" height="20" fill="${fill}"/><text x="2" y="16">${text}</text></svg>`;
const sizeOf = (png: Uint8Array) => [16, 20].map((at) => new DataView(png.buffer, png.byteOffset).getUint32(at));
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** How many bytes of the picture's rows are not 0: everything is black in them, or nothing. */
function inkOf(png: Uint8Array): number {
  const at = Buffer.from(png).indexOf('IDAT');
  const length = new DataView(png.buffer, png.byteOffset).getUint32(at - 4);
  return inflateSync(png.subarray(at + 4, at + 4 + length)).filter((byte) => byte !== 0).length;
}

describe('pictures', () => {
  it('are PNG of the size that the SVG says, with letters of the font that comes along', async () => {
    const pictures = new Pictures();
    const [plain, lettered] = await Promise.all([pictures.of('a', square('#fff')), pictures.of('b', square('#fff', 'Hz'))]);
    for (const png of [plain, lettered]) expect([[...png.subarray(0, 8)], sizeOf(png)]).toEqual([signature, [40, 20]]);
    expect(inkOf(lettered)).toBeGreaterThan(inkOf(plain));
  });

  it('are drawn once while what they show is the same, also for those that ask at once', async () => {
    const pictures = new Pictures();
    const [one, two] = await Promise.all([pictures.of('a', square('#f00')), pictures.of('a', square('#f00'))]);
    expect(two).toBe(one);
    expect(await pictures.of('a', square('#f00'))).toBe(one);
    expect(await pictures.of('a', square('#00f'))).not.toEqual(one);
  });

  it('that cannot be drawn hold up no others', async () => {
    const pictures = new Pictures();
    const [broken, whole] = await Promise.allSettled([pictures.of('a', '<svg'), pictures.of('b', square('#fff'))]);
    expect([broken.status, whole.status]).toEqual(['rejected', 'fulfilled']);
    expect(sizeOf(await pictures.of('a', square('#fff')))).toEqual([40, 20]);
  });
});
