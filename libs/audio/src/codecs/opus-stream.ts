import { EarshotError } from '@earshot/contracts';
import type { OpusDecoder } from 'opus-decoder';
import { joined } from '../joined.js';
import type { CodecOutput } from './codec-decoder.js';
import type { OggPage } from './ogg-page.js';
import type { OpusHead } from './opus-head.js';

const none = new Uint8Array(0);

/** One stream of Opus in Ogg: its packets from its pages, and of their samples those that the file means to be heard. */
export class OpusStream {
  /** The beginning of a packet that goes on on the next page. */
  private partial: Uint8Array | null = null;
  /** Whether the second packet, which holds titles and pictures, has passed. */
  private hasTags = false;
  private decodedFrames = 0;
  /** The position at which the stream begins: not 0 in one that was cut out of a longer one. */
  private origin: number | null = null;

  constructor(
    /** Of its pages. */
    readonly number: number,
    private readonly head: OpusHead,
    private readonly decoder: OpusDecoder,
  ) {}

  get hasSound(): boolean {
    return this.decodedFrames > 0;
  }

  decode(page: OggPage): CodecOutput {
    const { channelData, samplesDecoded, sampleRate, errors } = this.decoder.decodeFrames(this.packetsOf(page));
    const [from, to] = this.heard(samplesDecoded, page);
    return { channelData: channelData.map((samples) => samples.subarray(from, to)), samplesDecoded: to - from, sampleRate, errors };
  }

  free(): void {
    this.decoder.free();
  }

  /** Which of the newest `frames` are neither before the sound nor behind its end, which the last page tells. Reference: RFC 7845, 4. */
  private heard(frames: number, { position, isLast }: OggPage): [number, number] {
    const before = this.decodedFrames;
    this.decodedFrames += frames;
    if (position !== null && frames > 0) this.origin ??= Math.max(0, position - this.decodedFrames);
    const end = isLast && position !== null ? position - (this.origin ?? 0) - before : frames;
    const to = Math.min(Math.max(0, end), frames);
    return [Math.min(Math.max(0, this.head.preSkip - before), to), to];
  }

  private packetsOf({ isContinued, lacing, body }: OggPage): Uint8Array[] {
    const packets: Uint8Array[] = [];
    let isLost = isContinued && this.partial === null; // the page with its beginning is missing
    let begun = isContinued ? this.partial : null;
    this.partial = null;
    let from = 0;
    let at = 0;
    for (const length of lacing) {
      at += length;
      if (length === 255) continue;
      if (!isLost) this.take(begun ? joined(begun, body.subarray(from, at)) : body.subarray(from, at), packets);
      isLost = false;
      begun = null;
      from = at;
    }
    if (lacing.at(-1) === 255 && !isLost) this.partial = this.kept(joined(begun ?? none, body.subarray(from)));
    return packets;
  }

  private take(packet: Uint8Array, packets: Uint8Array[]): void {
    if (this.hasTags) packets.push(packet);
    this.hasTags = true;
  }

  private kept(packet: Uint8Array): Uint8Array {
    if (!this.hasTags) return none;
    const maxBytes = 3840 * this.head.channels; // 120 ms of 256 kbit/s, as much as the decoder has room for
    if (packet.length > maxBytes) throw new EarshotError('AUDIO_UNREADABLE', `a packet of more than ${maxBytes} bytes`);
    return packet;
  }
}
