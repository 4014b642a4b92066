import type { AudioFormat } from '../format.js';
import { id3TagBytes } from './id3.js';
import { findFirstMpegFrame } from './sniff-mpeg.js';

/** How many bytes of a file's start `sniffFormat` wants: two MPEG frames of the largest size, and an Ogg or Matroska header. */
export const sniffBytes = 8192;

/**
 * The audio format of a file by its first bytes (`sniffBytes` of them, fewer when the file is shorter), or null.
 * It reads signatures only: null is sure, a format is a promise that a decoder still has to keep.
 * An ID3 tag that is longer than `head` is taken for MP3, which is what nearly always follows.
 */
export function sniffFormat(head: Uint8Array): AudioFormat | null {
  const tagBytes = id3TagBytes(head);
  if (tagBytes >= head.length) return tagBytes > 0 ? 'mp3' : null;
  const bytes = head.subarray(tagBytes);
  for (const [format, matches] of signatures) if (matches(bytes)) return format;
  return null;
}

const signatures: readonly (readonly [AudioFormat, (bytes: Uint8Array) => boolean])[] = [
  ['wav', (b) => (has(b, 0, 'RIFF') || has(b, 0, 'RF64') || has(b, 0, 'BW64') || has(b, 0, 'RIFX')) && has(b, 8, 'WAVE')],
  ['flac', (b) => has(b, 0, 'fLaC')],
  ['vorbis', (b) => has(b, 0, 'OggS') && has(b, firstPacket(b), '\x01vorbis')],
  ['opus', (b) => has(b, 0, 'OggS') && has(b, firstPacket(b), 'OpusHead')],
  ['ogg', (b) => has(b, 0, 'OggS') && (has(b, firstPacket(b), '\x7fFLAC') || has(b, firstPacket(b), 'Speex   '))],
  ['mp4', (b) => has(b, 4, 'ftyp') && !imageBrands.some((brand) => has(b, 8, brand))],
  ['matroska', (b) => has(b, 0, '\x1a\x45\xdf\xa3') && (contains(b, 'webm') || contains(b, 'matroska'))],
  ['aiff', (b) => has(b, 0, 'FORM') && (has(b, 8, 'AIFF') || has(b, 8, 'AIFC'))],
  ['caf', (b) => has(b, 0, 'caff\x00\x01')],
  ['amr', (b) => has(b, 0, '#!AMR\n') || has(b, 0, '#!AMR-WB\n')],
  ['asf', (b) => has(b, 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c')],
  ['wavpack', (b) => has(b, 0, 'wvpk') && b[9] === 4],
  ['ac3', isAc3],
  ['aac', isAdts],
  ['mp3', (b) => findFirstMpegFrame(b) !== null],
];

const imageBrands = ['avif', 'avis', 'heic', 'heix', 'mif1', 'msf1', 'crx '];

function has(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Looks in the first 64 bytes, where an EBML header names its document type. */
function contains(bytes: Uint8Array, text: string): boolean {
  for (let at = 0; at < 64; at++) if (has(bytes, at, text)) return true;
  return false;
}

/** Where the first packet of an Ogg page begins: after the 27 bytes of header and the segment table. */
const firstPacket = (page: Uint8Array): number => 27 + (page[26] ?? 0);

function isAc3(bytes: Uint8Array): boolean {
  if (bytes.length < 7 || bytes[0] !== 0x0b || bytes[1] !== 0x77) return false;
  const streamId = bytes[5]! >> 3;
  return streamId <= 16 && (streamId > 10 || (bytes[4]! >> 6 !== 3 && (bytes[4]! & 0x3f) < 38));
}

/** ADTS: 12 bits of sync, layer 0; a second frame follows where `head` reaches that far. */
function isAdts(bytes: Uint8Array): boolean {
  const frameBytes = adtsFrameBytes(bytes, 0);
  return frameBytes > 0 && (frameBytes + 7 > bytes.length || adtsFrameBytes(bytes, frameBytes) > 0);
}

function adtsFrameBytes(bytes: Uint8Array, at: number): number {
  const isFrame = at + 7 <= bytes.length && bytes[at] === 0xff && (bytes[at + 1]! & 0xf6) === 0xf0 && ((bytes[at + 2]! >> 2) & 15) < 13;
  const frameBytes = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  return isFrame && frameBytes >= 7 ? frameBytes : 0;
}
