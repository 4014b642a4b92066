/** How many bytes the ID3v2 tag at the start of `head` takes, 0 when there is none. */
export function id3TagBytes(head: Uint8Array): number {
  const isTag = head.length >= 10 && head[0] === 0x49 && head[1] === 0x44 && head[2] === 0x33 && head[3]! < 0xff && head[4]! < 0xff;
  const [a, b, c, d] = head.subarray(6, 10);
  if (!isTag || (a! | b! | c! | d!) & 0x80) return 0;
  const footerBytes = head[5]! & 0x10 ? 10 : 0;
  return 10 + ((a! << 21) | (b! << 14) | (c! << 7) | d!) + footerBytes;
}
