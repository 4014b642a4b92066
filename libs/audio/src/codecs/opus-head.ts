import { EarshotError } from '@earshot/contracts';

/** The first packet of Opus in Ogg. Reference: RFC 7845, 5.1. */
export interface OpusHead {
  channels: number;
  /** Samples at 48 kHz with which the decoder only warms up. */
  preSkip: number;
  /** What a player must multiply the samples with. */
  gain: number;
  streamCount: number;
  /** Of the streams, those that carry two channels: the first ones. */
  coupledStreamCount: number;
  /** For each channel its place among those of all streams. */
  channelMappingTable: number[];
}

const magic = new TextEncoder().encode('OpusHead');

export const isOpusHead = (packet: Uint8Array): boolean => magic.every((byte, i) => packet[i] === byte);

export function readOpusHead(packet: Uint8Array): OpusHead {
  const channels = packet[9] ?? 0;
  const family = packet[18];
  const tableAt = 21;
  if (packet.length < 19 || (family !== 0 && packet.length < tableAt + channels)) {
    throw new EarshotError('AUDIO_UNREADABLE', 'the Ogg file ends in its first packet');
  }
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const common = { channels, preSkip: view.getUint16(10, true), gain: 10 ** (view.getInt16(16, true) / 256 / 20) };
  if (family === 0) return { ...common, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable: [0, 1].slice(0, channels) };
  const channelMappingTable = [...packet.subarray(tableAt, tableAt + channels)];
  return { ...common, streamCount: packet[19]!, coupledStreamCount: packet[20]!, channelMappingTable };
}
