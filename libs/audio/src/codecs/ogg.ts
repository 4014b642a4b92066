import { EarshotError } from '@earshot/contracts';
import type { FileDecoder } from '../pcm.js';
import { assertPlausible, type PcmGate } from '../pcm-gate.js';
import { CodecDecoder } from './codec-decoder.js';
import { OggClock } from './ogg-clock.js';
import { vorbisOrder } from './vorbis-order.js';
import { gatherPackets } from './vorbis-packets.js';

const pieceBytes = 4096;

/** Ogg Vorbis by libvorbis. */
export async function openVorbis(gate: PcmGate, head: Uint8Array): Promise<FileDecoder> {
  const packet = firstPacket(head, 30);
  const channels = packet.getUint8(11);
  assertPlausible(packet.getUint32(12, true), channels);
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const codec = new OggVorbisDecoder();
  await codec.ready;
  gatherPackets(codec);
  return CodecDecoder.open(codec, gate, {
    format: 'ogg/vorbis',
    decoder: 'libvorbis',
    pieceBytes,
    channelOrder: vorbisOrder[channels],
  });
}

/** Ogg Opus by libopus, at 48 kHz, which is the only rate that Opus has. */
export async function openOpus(gate: PcmGate, head: Uint8Array): Promise<FileDecoder> {
  const packet = firstPacket(head, 19);
  const channels = packet.getUint8(9);
  assertPlausible(48_000, channels);
  const gain = 10 ** (packet.getInt16(16, true) / 256 / 20); // the header's, in dB, which a player must apply
  const preSkip = packet.getUint16(10, true);
  const clock = new OggClock();
  const { OggOpusDecoder } = await import('ogg-opus-decoder');
  return CodecDecoder.open(new OggOpusDecoder(), gate, {
    format: 'ogg/opus',
    decoder: 'libopus',
    pieceBytes,
    channelOrder: vorbisOrder[channels],
    gain,
    // The decoder leaves the pre-skip's length too much at the end of a file whose sound is on one page.
    length: { push: (bytes) => clock.push(bytes), frames: () => (clock.position === null ? null : clock.position - preSkip) },
  });
}

/** The identification packet, on the first page: sniffing has seen that it is there. */
function firstPacket(head: Uint8Array, packetBytes: number): DataView {
  const at = 27 + head[26]!;
  if (head.length - at < packetBytes) throw new EarshotError('AUDIO_UNREADABLE', 'the Ogg file ends in its first packet');
  return new DataView(head.buffer, head.byteOffset + at, head.length - at);
}
