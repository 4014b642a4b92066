/** x⁸ + x² + x + 1, of a frame's header. */
export function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = table8[crc ^ bytes[i]!]!;
  return crc;
}

/** x¹⁶ + x¹⁵ + x² + 1, of a whole frame. */
export function crc16(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = ((crc << 8) & 0xffff) ^ table16[(crc >> 8) ^ bytes[i]!]!;
  return crc;
}

const table8 = Uint8Array.from({ length: 256 }, (_, byte) => remainder(byte, 8, 0x07));
const table16 = Uint16Array.from({ length: 256 }, (_, byte) => remainder(byte << 8, 16, 0x8005));

function remainder(value: number, bitCount: number, polynomial: number): number {
  let rest = value;
  for (let bit = 0; bit < 8; bit++) rest = rest & (1 << (bitCount - 1)) ? (rest << 1) ^ polynomial : rest << 1;
  return rest & (2 ** bitCount - 1);
}
