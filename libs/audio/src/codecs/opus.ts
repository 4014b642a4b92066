import type { Codec, CodecOutput } from './codec-decoder.js';
import { joinedOutputs } from './joined-outputs.js';
import type { OggPage } from './ogg-page.js';
import { OggPages } from './ogg-pages.js';
import { isOpusHead, readOpusHead } from './opus-head.js';
import { OpusStream } from './opus-stream.js';

/** Opus in Ogg by libopus, at 48 kHz, which is the only rate that Opus has. Streams that follow one another are one sound. */
export class OggOpus implements Codec {
  readonly ready = Promise.resolve();
  private readonly pages = new OggPages();
  private stream: OpusStream | null = null;

  async decode(bytes: Uint8Array): Promise<CodecOutput> {
    const outputs: CodecOutput[] = [];
    for (const page of this.pages.of(bytes)) {
      if (page.isFirst) await this.begin(page);
      else if (page.stream === this.stream?.number) outputs.push(this.stream.decode(page));
    }
    return joinedOutputs(outputs);
  }

  free(): void {
    this.stream?.free();
  }

  /** Of streams that lie side by side the first one is heard: all of them begin before the sound of any does. */
  private async begin({ stream: number, body }: OggPage): Promise<void> {
    if (!isOpusHead(body) || (this.stream && !this.stream.hasSound)) return;
    const { OpusDecoder } = await import('opus-decoder');
    const head = readOpusHead(body);
    const { channels, streamCount, coupledStreamCount, channelMappingTable } = head;
    const decoder = new OpusDecoder({ channels, streamCount, coupledStreamCount, channelMappingTable });
    await decoder.ready;
    this.stream?.free();
    this.stream = new OpusStream(number, head, decoder);
  }
}
