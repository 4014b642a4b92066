import { EarshotError } from '@earshot/contracts';
import type { FileDecoder } from '../pcm.js';
import { assertPlausible, type PcmGate } from '../pcm-gate.js';
import { CodecDecoder } from './codec-decoder.js';

const decodedBytesAtOnce = 2 ** 25;
const leastFrameBytes = 10;

/** FLAC by libFLAC. */
export async function openFlac(gate: PcmGate, head: Uint8Array): Promise<FileDecoder> {
  if (head.length < 42) throw new EarshotError('AUDIO_UNREADABLE', 'the FLAC file ends before its STREAMINFO');
  const frameSamples = (head[10]! << 8) | head[11]!;
  const sampleRate = (head[18]! << 12) | (head[19]! << 4) | (head[20]! >> 4);
  const channels = ((head[20]! >> 1) & 7) + 1;
  const bits = (((head[20]! & 1) << 4) | (head[21]! >> 4)) + 1;
  assertPlausible(sampleRate, channels);
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  // A frame of silence is ten bytes: as many of them as fit in the memory set aside.
  const framesAtOnce = decodedBytesAtOnce / (4 * channels * Math.max(1, frameSamples));
  const pieceBytes = Math.round(Math.max(64, Math.min(65_536, framesAtOnce * leastFrameBytes)));
  return CodecDecoder.open(new FLACDecoder(), gate, { format: `flac/pcm${bits}`, decoder: 'libflac', pieceBytes });
}
