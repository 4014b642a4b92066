import { EarshotError } from '@earshot/contracts';
import type { BitReader } from './bit-reader.js';
import { crc8 } from './crc.js';
import type { StreamInfo } from './stream-info.js';

export interface FrameHeader {
  sampleRate: number;
  sampleCount: number;
  channels: number;
  bits: number;
  /** Two channels may be coded as one and the difference of both, or as their mean and difference. */
  stereo: 'independent' | 'left-side' | 'side-right' | 'mid-side';
}

/** Reads a frame's header, or returns null when the bytes end inside it. Reference: RFC 9639, 9.1. */
export function readFrameHeader(reader: BitReader, bytes: Uint8Array, stream: StreamInfo): FrameHeader | null {
  const start = reader.position / 8;
  if (start + 16 > bytes.length && start + 6 > bytes.length) return null;
  if (reader.unsigned(15) !== 0x7ffc) throw new EarshotError('AUDIO_UNREADABLE', `FLAC: no frame begins at its place, ${start} bytes on`);
  reader.unsigned(1); // blocks of fixed or of changing size: the number that follows is of no use here
  const [sizeCode, rateCode, channelCode, bitsCode] = [reader.unsigned(4), reader.unsigned(4), reader.unsigned(4), reader.unsigned(3)];
  const reserved = reader.unsigned(1);
  skipCodedNumber(reader);
  const sampleCount = sizeCode === 6 ? reader.unsigned(8) + 1 : sizeCode === 7 ? reader.unsigned(16) + 1 : blockSizes[sizeCode];
  const sampleRate = sampleRateOf(rateCode, reader) ?? stream.sampleRate;
  const end = reader.position / 8;
  const crc = reader.unsigned(8);
  if (reader.isPastEnd) return null;
  const bits = bitsCode === 0 ? stream.bits : sampleBits[bitsCode];
  if (crc !== crc8(bytes, start, end) || reserved || !sampleCount || !bits || channelCode > 10 || rateCode === 15) {
    throw new EarshotError('AUDIO_UNREADABLE', `FLAC: a damaged frame header`);
  }
  return {
    sampleRate,
    sampleCount,
    bits,
    channels: channelCode < 8 ? channelCode + 1 : 2,
    stereo: stereoModes[channelCode - 8] ?? 'independent',
  };
}

const stereoModes = ['left-side', 'side-right', 'mid-side'] as const;
const blockSizes = [0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];
const sampleBits = [0, 8, 12, 0, 16, 20, 24, 32];
const sampleRates = [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

function sampleRateOf(code: number, reader: BitReader): number | undefined {
  if (code === 0) return undefined;
  if (code === 12) return reader.unsigned(8) * 1000;
  if (code === 13) return reader.unsigned(16);
  if (code === 14) return reader.unsigned(16) * 10;
  return sampleRates[code];
}

/** The frame's or sample's number, coded as UTF-8 is. */
function skipCodedNumber(reader: BitReader): void {
  const first = reader.unsigned(8);
  const leadingOnes = Math.clz32(~(first << 24));
  for (let i = 1; i < leadingOnes; i++) reader.unsigned(8);
}
