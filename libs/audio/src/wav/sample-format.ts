/** How one sample lies in the file. Integers are left-justified in their container, as the format asks. */
export type SampleFormat = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'float64' | 'alaw' | 'ulaw';

export const bytesPerSample: Record<SampleFormat, number> = {
  pcm8: 1,
  pcm16: 2,
  pcm24: 3,
  pcm32: 4,
  float32: 4,
  float64: 8,
  alaw: 1,
  ulaw: 1,
};

/**
 * Takes interleaved little-endian samples apart, into one array a channel: integers are scaled by 2^-(bits - 1) as librosa and ffmpeg do.
 * `bytes` holds as many whole frames as the arrays are long.
 */
export function deinterleave(bytes: Uint8Array, format: SampleFormat, channels: readonly Float32Array[]): void {
  if (format === 'pcm24') unpack24(bytes, channels);
  else if (format === 'alaw' || format === 'ulaw') unpackTable(bytes, channels, companded[format]);
  else if (format === 'pcm8') unpackScaled(bytes, channels, 1 / 128, 128);
  else if (format === 'pcm16') unpack16(aligned(bytes, Int16Array), channels);
  else if (format === 'pcm32') unpackScaled(aligned(bytes, Int32Array), channels, 1 / 2_147_483_648, 0);
  else if (format === 'float32') unpackFloats(aligned(bytes, Float32Array), channels);
  else unpackFloats(aligned(bytes, Float64Array), channels);
}

type Numbers = Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

interface NumbersOf<T> {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/** A typed view of the bytes, over a copy when they do not lie on a multiple of the element's size. */
function aligned<T extends Numbers>(bytes: Uint8Array, View: NumbersOf<T>): T {
  const source = bytes.byteOffset % View.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes); // slice() of a Buffer copies nothing
  return new View(source.buffer, source.byteOffset, source.length / View.BYTES_PER_ELEMENT);
}

function unpackScaled(values: Numbers, channels: readonly Float32Array[], scale: number, zero: number): void {
  const stride = channels.length;
  for (let c = 0; c < stride; c++) {
    const out = channels[c]!;
    for (let i = 0, at = c; i < out.length; i++, at += stride) out[i] = (values[at]! - zero) * scale;
  }
}

/** The commonest format by far: a loop over one type of array is twice as fast as one that several share. */
function unpack16(values: Int16Array, channels: readonly Float32Array[]): void {
  const stride = channels.length;
  if (stride === 2) {
    const [left, right] = channels;
    for (let i = 0, at = 0; i < left!.length; i++, at += 2) {
      left![i] = values[at]! * (1 / 32_768);
      right![i] = values[at + 1]! * (1 / 32_768);
    }
    return;
  }
  for (let c = 0; c < stride; c++) {
    const out = channels[c]!;
    for (let i = 0, at = c; i < out.length; i++, at += stride) out[i] = values[at]! * (1 / 32_768);
  }
}

function unpackFloats(values: Float32Array | Float64Array, channels: readonly Float32Array[]): void {
  if (channels.length === 1) channels[0]!.set(values);
  else unpackScaled(values, channels, 1, 0);
}

function unpack24(bytes: Uint8Array, channels: readonly Float32Array[]): void {
  const strideBytes = channels.length * 3;
  for (let c = 0; c < channels.length; c++) {
    const out = channels[c]!;
    for (let i = 0, at = 3 * c; i < out.length; i++, at += strideBytes) {
      out[i] = ((bytes[at]! << 8) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 24)) / 2_147_483_648;
    }
  }
}

function unpackTable(bytes: Uint8Array, channels: readonly Float32Array[], table: Float32Array): void {
  const stride = channels.length;
  for (let c = 0; c < stride; c++) {
    const out = channels[c]!;
    for (let i = 0, at = c; i < out.length; i++, at += stride) out[i] = table[bytes[at]!]!;
  }
}

/** The 256 values of the two companded formats. Reference: ITU-T G.711. */
const companded = {
  alaw: Float32Array.from({ length: 256 }, (_, byte) => {
    const code = byte ^ 0x55;
    const exponent = (code >> 4) & 7;
    const mantissa = ((code & 15) << 4) + 8;
    const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
    return (code & 0x80 ? magnitude : -magnitude) / 32_768;
  }),
  ulaw: Float32Array.from({ length: 256 }, (_, byte) => {
    const code = ~byte & 0xff;
    const magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
    return (code & 0x80 ? -magnitude : magnitude) / 32_768;
  }),
};
