import { crc8, crc16 } from './crc.js';

/** Writes FLAC by hand: what the tests need of RFC 9639. */
class BitWriter {
  private readonly bits: number[] = [];

  put(value: number, bitCount: number): this {
    for (let bit = bitCount - 1; bit >= 0; bit--) this.bits.push(Math.floor(value / 2 ** bit) & 1);
    return this;
  }

  unary(zeros: number): this {
    for (let i = 0; i < zeros; i++) this.bits.push(0);
    return this.put(1, 1);
  }

  bytes(): number[] {
    while (this.bits.length % 8 !== 0) this.bits.push(0);
    return Array.from({ length: this.bits.length / 8 }, (_, i) =>
      this.bits.slice(8 * i, 8 * i + 8).reduce((byte, bit) => 2 * byte + bit, 0),
    );
  }
}

export interface FlacOptions {
  sampleRate?: number;
  channels?: number;
  bits?: number;
  totalFrames?: number;
}

export function flacHeader({ sampleRate = 8000, channels = 1, bits = 16, totalFrames = 0 }: FlacOptions = {}): number[] {
  const info = new BitWriter()
    .put(16, 16)
    .put(65_535, 16)
    .put(0, 24)
    .put(0, 24)
    .put(sampleRate, 20)
    .put(channels - 1, 3)
    .put(bits - 1, 5);
  const md5 = new Array<number>(16).fill(0);
  return [...[0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, 34], ...info.put(totalFrames, 36).bytes(), ...md5];
}

/** One frame of `sampleCount` samples; `channelCode` is that of the format: channels - 1, or 8 to 10 for the stereo modes. */
export function flacFrame(sampleCount: number, channelCode: number, ...subframes: ((writer: BitWriter) => void)[]): number[] {
  const writer = new BitWriter().put(0x7ffc, 15).put(0, 1).put(7, 4).put(0, 4).put(channelCode, 4).put(0, 3).put(0, 1).put(0, 8);
  writer.put(sampleCount - 1, 16);
  writer.put(crc8(Uint8Array.from(writer.bytes()), 0, writer.bytes().length), 8);
  for (const subframe of subframes) subframe(writer);
  const bytes = writer.bytes();
  const crc = crc16(Uint8Array.from(bytes), 0, bytes.length);
  return [...bytes, crc >> 8, crc & 255];
}

type Subframe = (writer: BitWriter) => void;

const twos = (value: number, bits: number): number => (value < 0 ? value + 2 ** bits : value);

export const constant =
  (value: number, bits = 16): Subframe =>
  (writer) =>
    writer.put(0, 8).put(twos(value, bits), bits);

/** With wasted bits the values are multiples of 2^wasted. */
export const verbatim =
  (values: number[], bits = 16, wasted = 0): Subframe =>
  (writer) => {
    writer.put(1, 7).put(wasted > 0 ? 1 : 0, 1);
    if (wasted > 0) writer.unary(wasted - 1);
    for (const value of values) writer.put(twos(value / 2 ** wasted, bits - wasted), bits - wasted);
  };

/** Predicted from the sample before by a linear predictor of order 1 (coefficient 3/4), residuals as Rice codes. */
export const predicted =
  (values: number[], k: number, bits = 16): Subframe =>
  (writer) => {
    writer.put(32, 7).put(0, 1).put(twos(values[0]!, bits), bits).put(4, 4).put(2, 5).put(3, 5);
    writer.put(0, 2).put(0, 4).put(k, 4);
    for (let i = 1; i < values.length; i++) {
      const residual = values[i]! - ((3 * values[i - 1]!) >> 2);
      const folded = residual < 0 ? -2 * residual - 1 : 2 * residual;
      writer.unary(Math.floor(folded / 2 ** k)).put(folded % 2 ** k, k);
    }
  };

/** The fixed predictor of order 2, residuals as plain numbers of `rawBits`. */
export const fixedOfOrder2 =
  (values: number[], rawBits: number, bits = 16): Subframe =>
  (writer) => {
    writer.put(10, 7).put(0, 1).put(twos(values[0]!, bits), bits).put(twos(values[1]!, bits), bits);
    writer.put(0, 2).put(0, 4).put(15, 4).put(rawBits, 5);
    for (let i = 2; i < values.length; i++) writer.put(twos(values[i]! - 2 * values[i - 1]! + values[i - 2]!, rawBits), rawBits);
  };
