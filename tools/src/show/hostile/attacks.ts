import { wavFile } from '@earshot/audio';
import { flacBomb } from './flac-bomb.js';

export interface Attack {
  name: string;
  bytes: Uint8Array;
  /** The code with which it must be refused. */
  expected: string;
}

/** Files made to harm (docs: reliability, "bytes from strangers"): `victim` is another user's file, `url` a listening server. */
export function attacks(victim: string, url: string): Attack[] {
  return [
    { name: 'hls playlist of a file', bytes: text(hls(`file:${victim}`)), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'hls playlist of a url', bytes: text(hls(url)), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'ffconcat playlist', bytes: text(`ffconcat version 1.0\nfile '${victim}'\n`), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'playlist behind an ID3 tag', bytes: text(`ID3\x04\0\0\0\0\0\0${hls(url)}`), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'playlist behind an MPEG sync', bytes: text(`\xff\xfb\x90\x00${hls(url)}`), expected: 'AUDIO_UNREADABLE' },
    { name: 'session description', bytes: text('v=0\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n'), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'web page', bytes: text('<html><audio src="x.mp3"></html>'), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'program', bytes: text(`\x7fELF\x02\x01\x01${'\0'.repeat(200)}`), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'archive', bytes: text(`PK\x03\x04${'\0'.repeat(200)}`), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'nothing', bytes: text(''), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'one byte', bytes: text('R'), expected: 'AUDIO_FORMAT_UNKNOWN' },
    { name: 'movie whose samples lie in another file', bytes: movieOf(atom('alis', long(0), alias(victim))), expected: 'AUDIO_EMPTY' },
    {
      name: 'movie whose samples lie behind a url',
      bytes: movieOf(atom('url ', long(0), Buffer.from(`${url}\0`))),
      expected: 'AUDIO_EMPTY',
    },
    { name: 'flac bomb of 3.9 hours in 50 kB', bytes: flacBomb(9450), expected: 'AUDIO_TOO_LONG' },
    { name: 'wav with a sample rate of 1', bytes: withHeader({ at: 24, value: 1 }), expected: 'AUDIO_OUT_OF_RANGE' },
    { name: 'wav with a sample rate of 0', bytes: withHeader({ at: 24, value: 0 }), expected: 'AUDIO_OUT_OF_RANGE' },
    { name: 'wav with 0 channels', bytes: withHeader({ at: 22, value: 0 }), expected: 'AUDIO_OUT_OF_RANGE' },
    { name: 'wav with 65,535 channels', bytes: withHeader({ at: 22, value: 65_535 }), expected: 'AUDIO_OUT_OF_RANGE' },
    { name: 'wav with a sample that is NaN', bytes: withSample(Number.NaN), expected: 'AUDIO_UNREADABLE' },
    { name: 'wav with an infinite sample', bytes: withSample(Number.NEGATIVE_INFINITY), expected: 'AUDIO_UNREADABLE' },
    { name: 'wav without samples', bytes: wavFile([new Float32Array(0)], { sampleRate: 8000 }), expected: 'AUDIO_EMPTY' },
  ];
}

const text = (characters: string): Uint8Array => Buffer.from(characters, 'latin1');

const hls = (address: string): string => `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${address}\n#EXT-X-ENDLIST\n`;

const quiet = (): Float32Array => new Float32Array(8000).fill(0.25);

function withHeader({ at, value }: { at: number; value: number }): Uint8Array {
  const bytes = wavFile([quiet()], { sampleRate: 8000 });
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(at, value, true);
  return bytes;
}

function withSample(value: number): Uint8Array {
  return wavFile([quiet().fill(value, 4000, 4001)], { sampleRate: 8000 });
}

/** How large the other file must be for `movieOf` to find samples in it. */
export const victimBytes = 1_200_000;

/**
 * A QuickTime movie of one sound track whose data reference points elsewhere: 8 kHz, 16 bits, one chunk of 8,000 samples at byte
 * 1,000,000, where only the other file has any.
 */
function movieOf(place: Buffer): Uint8Array {
  const reference = atom('dref', long(0), long(1), place);
  const sound = atom('sowt', long(0), long(1), long(0), long(0), short(1), short(16), long(0), long(8000 * 65_536));
  const table = atom(
    'stbl',
    atom('stsd', long(0), long(1), sound),
    atom('stts', long(0), long(1), long(8000), long(1)),
    atom('stsc', long(0), long(1), long(1), long(8000), long(1)),
    atom('stsz', long(0), long(2), long(8000)),
    atom('stco', long(0), long(1), long(1_000_000)),
  );
  const media = atom(
    'mdia',
    atom('mdhd', long(0), long(0), long(0), long(8000), long(8000), long(0)),
    atom('hdlr', long(0), Buffer.from('mhlrsoun'), Buffer.alloc(13)),
    atom('minf', atom('smhd', long(0), long(0)), atom('dinf', reference), table),
  );
  const movieHeader = atom('mvhd', long(0), long(0), long(0), long(8000), long(8000), Buffer.alloc(80));
  const trackHeader = atom('tkhd', long(1), long(0), long(0), long(1), long(0), long(8000), Buffer.alloc(60));
  return Buffer.concat([atom('ftyp', Buffer.from('qt  \0\0\0\0qt  ')), atom('moov', movieHeader, atom('trak', trackHeader, media))]);
}

/** A Macintosh alias with an absolute path; `ffmpeg -enable_drefs 1 -use_absolute_path 1` follows it. */
function alias(path: string): Buffer {
  const padded = Buffer.from(path.length % 2 === 0 ? path : `${path}\0`);
  return Buffer.concat([Buffer.alloc(150), short(2), short(padded.length), padded, short(0xffff), short(0)]);
}

function atom(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([long(8 + body.length), Buffer.from(type), body]);
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
