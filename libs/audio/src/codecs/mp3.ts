import { EarshotError } from '@earshot/contracts';
import type { FileDecoder } from '../pcm.js';
import type { PcmGate } from '../pcm-gate.js';
import { findFirstMpegFrame } from '../sniffing/sniff-mpeg.js';
import { CodecDecoder } from './codec-decoder.js';
import { EvenPieces } from './pieces.js';

/** MPEG layers 1-3 by mpg123, which also cuts off the delay and padding that the encoder noted (gapless). */
export async function openMp3(gate: PcmGate, head: Uint8Array): Promise<FileDecoder> {
  const first = findFirstMpegFrame(head);
  if (!first) throw new EarshotError('AUDIO_UNREADABLE', 'no MPEG frame at the start');
  const { MPEGDecoder } = await import('mpg123-decoder');
  // It always gives two channels, which are equal when the file has one.
  const channelOrder = first.channels === 1 ? [0] : [0, 1];
  const pieces = new EvenPieces(8192);
  return CodecDecoder.open(new MPEGDecoder(), gate, { format: `mp${first.layer}`, decoder: 'mpg123', pieces, channelOrder });
}
