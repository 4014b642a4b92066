import type { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import type { Codec, CodecOutput } from './codec-decoder.js';
import { joinedOutputs } from './joined-outputs.js';
import { readOggPage } from './ogg-page.js';

/** Vorbis in Ogg by libvorbis, fed by `PagePieces`. Streams that follow one another are one sound. */
export class OggVorbis implements Codec {
  private hasSound = false;

  constructor(private readonly decoder: OggVorbisDecoder) {}

  get ready(): Promise<void> {
    return this.decoder.ready;
  }

  async decode(piece: Uint8Array): Promise<CodecOutput> {
    // Without its flush the decoder would read the next stream by the codebooks of the last one.
    const rest = this.hasSound && beginsVorbis(piece) ? [await this.decoder.flush()] : [];
    const output = await this.decoder.decode(piece);
    this.hasSound = output.samplesDecoded > 0 || (this.hasSound && rest.length === 0);
    return joinedOutputs([...rest.filter(({ samplesDecoded }) => samplesDecoded > 0), output]);
  }

  flush(): Promise<CodecOutput> {
    return this.decoder.flush();
  }

  free(): void {
    this.decoder.free();
  }
}

const magic = new TextEncoder().encode('\x01vorbis');

function beginsVorbis(piece: Uint8Array): boolean {
  const page = readOggPage(piece, 0);
  return typeof page === 'object' && page !== null && page.isFirst && magic.every((byte, i) => page.body[i] === byte);
}
