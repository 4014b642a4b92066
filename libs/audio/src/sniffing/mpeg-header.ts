const kbitsOfLayer: Record<string, readonly number[]> = {
  '1/1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1/2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1/3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2/1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2/2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2/3': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const baseRates = [44_100, 48_000, 32_000] as const;

export interface MpegHeader {
  /** 1, or 2 for MPEG-2 and 2.5. */
  version: 1 | 2;
  layer: 1 | 2 | 3;
  sampleRate: number;
  channels: 1 | 2;
  frameBytes: number;
  samplesPerFrame: number;
}

/** The MPEG audio frame header at `at`, or null. Free-format streams are not recognised. Reference: ISO 11172-3, 2.4.1.3. */
export function findMpegHeader(bytes: Uint8Array, at: number): MpegHeader | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0) return null;
  const versionBits = (bytes[at + 1]! >> 3) & 3; // 0: 2.5, 1: reserved, 2: MPEG-2, 3: MPEG-1
  const layer = layers[(bytes[at + 1]! >> 1) & 3];
  const bitRateIndex = bytes[at + 2]! >> 4;
  const baseRate = baseRates[(bytes[at + 2]! >> 2) & 3];
  if (versionBits === 1 || !layer || bitRateIndex === 0 || bitRateIndex === 15 || !baseRate) return null;
  const version = versionBits === 3 ? 1 : 2;
  const sampleRate = baseRate >> (3 - (versionBits || 1));
  const bitRate = kbitsOfLayer[`${version}/${layer}`]![bitRateIndex - 1]! * 1000;
  const padding = (bytes[at + 2]! >> 1) & 1;
  const samplesPerFrame = layer === 1 ? 384 : layer === 3 && version === 2 ? 576 : 1152;
  const slotBytes = layer === 1 ? 4 : 1;
  const frameBytes = slotBytes * (Math.floor(((samplesPerFrame / 8 / slotBytes) * bitRate) / sampleRate) + padding);
  return { version, layer, sampleRate, channels: bytes[at + 3]! >> 6 === 3 ? 1 : 2, frameBytes, samplesPerFrame };
}

const layers = [null, 3, 2, 1] as const;
