import { fileName } from './file-name.js';

describe("a client's name for a file", () => {
  it.each([
    ['song.wav', 'song.wav'],
    ['../x.wav', 'x.wav'],
    ['..\\..\\x.wav', 'x.wav'],
    ['/etc/passwd', 'passwd'],
    ['a/b/..', 'unnamed'],
    ['', 'unnamed'],
    [undefined, 'unnamed'],
    [' \t ', 'unnamed'],
    ['a\0b\r\n\u001bc.wav', 'abc.wav'],
    ['\u202egnp.wav', 'gnp.wav'],
    ['Cafe\u0301.wav', 'Caf\u00e9.wav'],
    ['half \ud83d.wav', 'half \ufffd.wav'],
  ])('%j becomes %j', (sent, kept) => expect(fileName(sent)).toBe(kept));

  it('is cut to 255 bytes between characters, and keeps its extension', () => {
    expect(fileName(`${'x'.repeat(5_000)}.wav`)).toBe(`${'x'.repeat(251)}.wav`);
    expect(fileName(`a${'音'.repeat(200)}.flac`)).toBe(`a${'音'.repeat(83)}.flac`);
    expect(Buffer.byteLength(fileName('😀'.repeat(100)))).toBe(252);
  });
});
