const headerBytes = 27;
const capture = [0x4f, 0x67, 0x67, 0x53]; // OggS

/** A page of an Ogg file, as it lies in the bytes that it was read from. Reference: RFC 3533, 6. */
export interface OggPage {
  /** From the beginning of the page to that of the next. */
  byteCount: number;
  /** Its first bytes end a packet that an earlier page begins. */
  isContinued: boolean;
  isFirst: boolean;
  isLast: boolean;
  /** Of the last packet that ends on the page, in samples; null when none does. */
  position: number | null;
  stream: number;
  /** The length of each piece of a packet; one of 255 bytes goes on in the next. */
  lacing: Uint8Array;
  body: Uint8Array;
}

/** The page that begins at `at`: 'incomplete' when the bytes end before it does, null when none begins there. */
export function readOggPage(bytes: Uint8Array, at: number): OggPage | 'incomplete' | null {
  for (let i = 0; i < capture.length && at + i < bytes.length; i++) if (bytes[at + i] !== capture[i]) return null;
  const segmentCount = bytes[at + headerBytes - 1];
  if (segmentCount === undefined) return 'incomplete';
  const bodyAt = at + headerBytes + segmentCount;
  const lacing = bytes.subarray(at + headerBytes, bodyAt);
  const bodyBytes = lacing.reduce((sum, length) => sum + length, 0);
  if (bytes.length < bodyAt + bodyBytes) return 'incomplete';
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, headerBytes);
  const flags = view.getUint8(5);
  const position = view.getBigInt64(6, true);
  return {
    byteCount: headerBytes + segmentCount + bodyBytes,
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    position: position === -1n ? null : Number(position),
    stream: view.getUint32(14, true),
    lacing,
    body: bytes.subarray(bodyAt, bodyAt + bodyBytes),
  };
}

/** Where the next page may begin, from `at` on; at the end of the bytes when nowhere. */
export function findOggPage(bytes: Uint8Array, at: number): number {
  for (let from = at; ; from++) {
    from = bytes.indexOf(capture[0]!, from);
    if (from < 0) return bytes.length;
    if (readOggPage(bytes, from) !== null) return from;
  }
}
