import { findMpegHeader, type MpegHeader } from './mpeg-header.js';

/**
 * The first frame of MPEG layers 1-3, or null: two frames that agree (one, when the bytes end there) from the first byte on;
 * after zeros or the rest of a broken frame, three that agree.
 */
export function findFirstMpegFrame(bytes: Uint8Array): MpegHeader | null {
  if (agreeingFrames(bytes, 0, 2)) return findMpegHeader(bytes, 0);
  const scanEnd = Math.min(bytes.length, 4096);
  for (let at = 1; at < scanEnd; at++) if (bytes[at] === 0xff && agreeingFrames(bytes, at, 3)) return findMpegHeader(bytes, at);
  return null;
}

function agreeingFrames(bytes: Uint8Array, start: number, wanted: number): boolean {
  const first = findMpegHeader(bytes, start);
  if (!first) return false;
  let at = start + first.frameBytes;
  for (let found = 1; found < wanted; found++) {
    if (at + 4 > bytes.length) return start === 0 && first.layer !== 1; // layer 1 alone is the byte order mark of UTF-16
    const next = findMpegHeader(bytes, at);
    if (!next || next.layer !== first.layer || next.sampleRate !== first.sampleRate) return false;
    at += next.frameBytes;
  }
  return true;
}
