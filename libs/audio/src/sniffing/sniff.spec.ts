import { sniffFormat } from './sniff.js';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : part)));
const zeros = (count: number): number[] => new Array<number>(count).fill(0);
const mp3Frame = [0xff, 0xfb, 0x90, 0x64, ...zeros(413)]; // 128 kbit/s, 44.1 kHz: 417 bytes
const adtsFrame = [0xff, 0xf1, 0x50, 0x80, 0x04, 0x00, 0xfc, ...zeros(25)]; // 32 bytes
const oggPage = (packet: string): Uint8Array => bytes('OggS', zeros(22), [1], [30], packet, zeros(40));
const id3 = (tagBytes: number): number[] => [...bytes('ID3', [4, 0, 0, 0, 0, tagBytes >> 7, tagBytes & 127])].concat(zeros(tagBytes));

describe('the format of a file by its content', () => {
  it.each([
    ['wav', bytes('RIFF', zeros(4), 'WAVEfmt ')],
    ['wav', bytes('RF64', [255, 255, 255, 255], 'WAVEds64')],
    ['mp3', bytes(mp3Frame, mp3Frame)],
    ['mp3', bytes(mp3Frame.slice(0, 100))],
    ['mp3', bytes(zeros(700), mp3Frame, mp3Frame, mp3Frame)],
    ['mp3', bytes(id3(20), mp3Frame, mp3Frame)],
    ['mp3', bytes(id3(2000)).subarray(0, 100)],
    ['flac', bytes('fLaC', zeros(34))],
    ['flac', bytes(id3(20), 'fLaC', zeros(34))],
    ['vorbis', oggPage('\x01vorbis')],
    ['opus', oggPage('OpusHead')],
    ['ogg', oggPage('\x7fFLAC')],
    ['ogg', oggPage('Speex   ')],
    ['mp4', bytes(zeros(3), [28], 'ftypM4A ')],
    ['aac', bytes(adtsFrame, adtsFrame)],
    ['matroska', bytes([0x1a, 0x45, 0xdf, 0xa3], zeros(12), 'webm')],
    ['aiff', bytes('FORM', zeros(4), 'AIFFCOMM')],
    ['caf', bytes('caff', [0, 1, 0, 0], 'desc')],
    ['amr', bytes('#!AMR\n', zeros(10))],
    ['ac3', bytes([0x0b, 0x77, 0, 0, 0x14, 0x40, 0], zeros(20))],
    ['asf', bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c])],
    ['wavpack', bytes('wvpk', zeros(4), [0x10, 4], zeros(20))],
  ])('is %s', (format, head) => expect(sniffFormat(head)).toBe(format));

  it.each([
    ['nothing', bytes()],
    ['text', bytes('hello, this is no sound at all')],
    ['a playlist', bytes('#EXTM3U\n#EXT-X-TARGETDURATION:10\nfile:///etc/passwd\n')],
    ['a list of ffmpeg', bytes('ffconcat version 1.0\nfile /etc/passwd\n')],
    ['a playlist behind a tag', bytes(id3(20), '#EXTM3U\nfile:///etc/passwd\n')],
    ['a page', bytes('<!doctype html><html>')],
    ['a zip', bytes('PK', [3, 4], zeros(40))],
    ['a picture', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', zeros(40))],
    ['a film of still pictures', bytes(zeros(3), [28], 'ftypheic')],
    [
      'text of 16 bits',
      bytes(
        [0xff, 0xfe],
        [...'a short letter'].flatMap((letter) => [letter.charCodeAt(0), 0]),
      ),
    ],
    ['RIFF that is not WAVE', bytes('RIFF', zeros(4), 'AVI LIST')],
    ['one header of MPEG among zeros', bytes(zeros(100), mp3Frame, zeros(1000))],
  ])('is null for %s', (_, head) => expect(sniffFormat(head)).toBeNull());

  it('does not fail on any short file', () => {
    for (const first of [0x0b, 0x1a, 0x49, 0x4f, 0x52, 0x77, 0xff]) {
      for (let length = 0; length < 40; length++) expect(() => sniffFormat(new Uint8Array(length).fill(first))).not.toThrow();
    }
  });
});
