import type { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import type { CodecOutput } from './codec-decoder.js';
import { GatheredSamples } from './gathered-samples.js';

/** What the package has inside, and does not speak of: one instance of libvorbis with its memory. */
interface Libvorbis {
  decodePackets(packets: readonly Uint8Array[]): CodecOutput;
  _decoder: number;
  _input: { buf: Uint8Array };
  _inputLen: { buf: Uint32Array };
  /** The address of the addresses of the channels. */
  _outputBufferPtr: { buf: Uint32Array };
  _channels: { buf: Uint32Array };
  _samplesDecoded: { buf: Uint32Array };
  _sampleRate: { buf: Uint32Array };
  /** Addresses of two texts for each error. */
  _errors: { buf: Uint32Array };
  _errorsLength: { buf: Int32Array };
  _common: { wasm: { HEAP: ArrayBuffer; decode_packets(decoder: number): void }; codeToString(address: number): string };
}

/**
 * Lets the decoder gather the samples of its packets in memory that it uses again. By itself it makes an array for each packet and
 * channel and joins them in others, which takes longer than libvorbis does. To be called when it is ready.
 */
export function gatherPackets(decoder: OggVorbisDecoder): void {
  const inside: unknown = Reflect.get(decoder, '_decoder');
  if (!isLibvorbis(inside)) throw new TypeError('@wasm-audio-decoders/ogg-vorbis is built in another way than 0.1.20');
  const gathered = new GatheredSamples();
  inside.decodePackets = (packets) => {
    const errors: { message: string }[] = [];
    gathered.clear();
    for (const packet of packets) {
      inside._input.buf.set(packet);
      inside._inputLen.buf[0] = packet.length;
      inside._common.wasm.decode_packets(inside._decoder);
      if (inside._samplesDecoded.buf[0]! > 0) gathered.add(samplesOf(inside));
      if (inside._errorsLength.buf[0]! > 0) errors.push({ message: errorOf(inside) });
      inside._errorsLength.buf[0] = 0;
    }
    return { channelData: gathered.channels(), samplesDecoded: gathered.length, sampleRate: inside._sampleRate.buf[0]!, errors };
  };
}

/** What libvorbis made of its last packet, where it lies; none of the first packet. */
function samplesOf({ _common, _outputBufferPtr, _channels, _samplesDecoded }: Libvorbis): Float32Array[] {
  const { HEAP } = _common.wasm;
  const frameCount = _samplesDecoded.buf[0]!;
  const addresses = new Uint32Array(HEAP, _outputBufferPtr.buf[0]!, _channels.buf[0]!);
  return Array.from(addresses, (address) => new Float32Array(HEAP, address, frameCount));
}

function errorOf({ _common, _errors }: Libvorbis): string {
  return `${_common.codeToString(_errors.buf[0]!)} vorbis_synthesis${_common.codeToString(_errors.buf[1]!)}`;
}

const partNames = [
  '_input',
  '_inputLen',
  '_outputBufferPtr',
  '_channels',
  '_samplesDecoded',
  '_sampleRate',
  '_errors',
  '_errorsLength',
  '_common',
];

function isLibvorbis(value: unknown): value is Libvorbis {
  return typeof value === 'object' && value !== null && 'decodePackets' in value && partNames.every((name) => name in value);
}
