import { EarshotError } from '@earshot/contracts';
import { NotDecodedHere } from '../not-decoded-here.js';
import { assertPlausible } from '../pcm-gate.js';
import type { SampleFormat } from './sample-format.js';

export interface WavFormat {
  sampleFormat: SampleFormat;
  sampleRate: number;
  channels: number;
}

const tags = { pcm: 1, float: 3, alaw: 6, ulaw: 7, extensible: 0xfffe };

/** Reads a `fmt ` chunk. The byte rate is not looked at: it is derived, and often wrong. */
export function parseFormatChunk(chunk: Uint8Array): WavFormat {
  if (chunk.length < 14) throw new EarshotError('AUDIO_UNREADABLE', `the fmt chunk has ${chunk.length} bytes, 16 expected`);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const declaredTag = view.getUint16(0, true);
  // EXTENSIBLE: the true tag is the first two bytes of the sub-format's GUID.
  const tag = declaredTag === tags.extensible && chunk.length >= 26 ? view.getUint16(24, true) : declaredTag;
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = chunk.length >= 16 ? view.getUint16(14, true) : 8;
  assertPlausible(sampleRate, channels);
  return { sampleFormat: sampleFormatOf(tag, bits, frameBytes / channels), sampleRate, channels };
}

/** The container is what the block alignment says where that is possible (24 bits in 4 bytes), else the bits rounded up to bytes. */
function sampleFormatOf(tag: number, bits: number, alignedBytes: number): SampleFormat {
  if (tag === tags.alaw || tag === tags.ulaw) return tag === tags.alaw ? 'alaw' : 'ulaw';
  if (tag !== tags.pcm && tag !== tags.float) throw new NotDecodedHere('wav', `WAV with codec tag 0x${tag.toString(16)}`);
  const neededBytes = Math.ceil(bits / 8);
  const containerBytes = alignedBytes >= neededBytes && Number.isInteger(alignedBytes) ? alignedBytes : neededBytes;
  const format = tag === tags.pcm ? pcmByBytes[containerBytes] : floatByBytes[containerBytes];
  if (!format || bits === 0) throw new EarshotError('AUDIO_UNREADABLE', `WAV samples of ${bits} bits in ${containerBytes} bytes`);
  return format;
}

const pcmByBytes: Partial<Record<number, SampleFormat>> = { 1: 'pcm8', 2: 'pcm16', 3: 'pcm24', 4: 'pcm32' };
const floatByBytes: Partial<Record<number, SampleFormat>> = { 4: 'float32', 8: 'float64' };
