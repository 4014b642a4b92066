/** x⁸ + x² + x + 1, of a frame's header. */
export function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = table8[crc ^ bytes[i]!]!;
  return crc;
}

/** x¹⁶ + x¹⁵ + x² + 1, of a whole frame: four bytes at a time, each by the table for its distance from the end of the four. */
export function crc16(bytes: Uint8Array, start: number, end: number): number {
  const inFours = end - ((end - start) & 3);
  let crc = 0;
  for (let i = start; i < inFours; i += 4) {
    crc = t3[(crc >> 8) ^ bytes[i]!]! ^ t2[(crc & 0xff) ^ bytes[i + 1]!]! ^ t1[bytes[i + 2]!]! ^ t0[bytes[i + 3]!]!;
  }
  for (let i = inFours; i < end; i++) crc = ((crc << 8) & 0xffff) ^ t0[(crc >> 8) ^ bytes[i]!]!;
  return crc;
}

const table8 = Uint8Array.from({ length: 256 }, (_, byte) => remainder(byte, 8, 0x07));
const [t0, t1, t2, t3] = [table16(0), table16(1), table16(2), table16(3)];

/** Of a byte that others follow. */
function table16(followingBytes: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let rest = byte << 8;
    for (let i = 0; i <= followingBytes; i++) rest = remainder(rest, 16, 0x8005);
    return rest;
  });
}

function remainder(value: number, bitCount: number, polynomial: number): number {
  let rest = value;
  for (let bit = 0; bit < 8; bit++) rest = rest & (1 << (bitCount - 1)) ? (rest << 1) ^ polynomial : rest << 1;
  return rest & (2 ** bitCount - 1);
}
