/**
 * A FLAC file of silence: each frame says "65,535 times this constant" in 14 bytes, so that 50 kB hold hours.
 * Layout: RFC 9639; mono, 16 bits, 44.1 kHz.
 */
export function flacBomb(frameCount: number): Buffer {
  const blockSamples = 65_535;
  const streamInfo = Buffer.alloc(34);
  streamInfo.writeUInt16BE(blockSamples, 0);
  streamInfo.writeUInt16BE(blockSamples, 2);
  // 20 bits of sample rate, 3 of channels - 1, 5 of bits - 1, 36 of length (0: unknown)
  streamInfo.writeBigUInt64BE((44_100n << 44n) | (0n << 41n) | (15n << 36n), 10);
  const header = Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, 34]), streamInfo]);
  return Buffer.concat([header, ...Array.from({ length: frameCount }, (_, number) => silentFrame(number, blockSamples))]);
}

function silentFrame(number: number, blockSamples: number): Buffer {
  const head = [0xff, 0xf8, 0x79, 0x08, ...utf8Number(number), (blockSamples - 1) >> 8, (blockSamples - 1) & 0xff];
  const subframe = [0x00, 0x00, 0x00]; // constant, value 0
  const frame = [...head, crc(head, 8, 0x07), ...subframe];
  const check = crc(frame, 16, 0x8005);
  return Buffer.from([...frame, check >> 8, check & 0xff]);
}

/** The frame's number in the coding of UTF-8. */
function utf8Number(number: number): number[] {
  return [...Buffer.from(String.fromCodePoint(number))];
}

function crc(bytes: readonly number[], bits: 8 | 16, polynomial: number): number {
  const [top, mask] = [1 << (bits - 1), 2 ** bits - 1];
  let value = 0;
  for (const byte of bytes) {
    value ^= byte << (bits - 8);
    for (let i = 0; i < 8; i++) value = (value & top ? (value << 1) ^ polynomial : value << 1) & mask;
  }
  return value;
}
