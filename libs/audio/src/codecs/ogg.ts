import { EarshotError } from '@earshot/contracts';
import type { FileDecoder } from '../pcm.js';
import { assertPlausible, type PcmGate } from '../pcm-gate.js';
import { CodecDecoder } from './codec-decoder.js';
import { PagePieces } from './ogg-pages.js';
import { OggOpus } from './opus.js';
import { readOpusHead } from './opus-head.js';
import { EvenPieces } from './pieces.js';
import { OggVorbis } from './vorbis.js';
import { vorbisOrder } from './vorbis-order.js';

/** Ogg Vorbis by libvorbis. */
export async function openVorbis(gate: PcmGate, head: Uint8Array): Promise<FileDecoder> {
  const packet = firstPacket(head);
  if (packet.length < 16) throw new EarshotError('AUDIO_UNREADABLE', 'the Ogg file ends in its first packet');
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const channels = view.getUint8(11);
  assertPlausible(view.getUint32(12, true), channels);
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const channelOrder = vorbisOrder[channels];
  return CodecDecoder.open(new OggVorbis(new OggVorbisDecoder()), gate, {
    format: 'ogg/vorbis',
    decoder: 'libvorbis',
    pieces: new PagePieces(),
    channelOrder,
  });
}

/** Ogg Opus by libopus. */
export async function openOpus(gate: PcmGate, head: Uint8Array): Promise<FileDecoder> {
  const { channels, gain } = readOpusHead(firstPacket(head));
  assertPlausible(48_000, channels);
  const channelOrder = vorbisOrder[channels];
  return CodecDecoder.open(new OggOpus(), gate, {
    format: 'ogg/opus',
    decoder: 'libopus',
    pieces: new EvenPieces(4096),
    channelOrder,
    gain,
  });
}

/** The identification packet, alone on the first page: sniffing has seen that it is there. */
function firstPacket(head: Uint8Array): Uint8Array {
  return head.subarray(27 + head[26]!, 27 + head[26]! + head[27]!);
}
