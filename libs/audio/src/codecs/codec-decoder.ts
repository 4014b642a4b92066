import { EarshotError } from '@earshot/contracts';
import type { Decoded, FileDecoder } from '../pcm.js';
import type { PcmGate } from '../pcm-gate.js';
import type { Pieces } from './pieces.js';

/** What the WebAssembly decoders give for a piece of the file. */
export interface CodecOutput {
  channelData: Float32Array[];
  samplesDecoded: number;
  sampleRate: number;
  errors: readonly { message: string }[];
}

export interface Codec {
  ready: Promise<unknown>;
  decode(bytes: Uint8Array): CodecOutput | Promise<CodecOutput>;
  flush?(): Promise<CodecOutput>;
  free(): void;
}

export interface CodecOptions {
  format: string;
  decoder: string;
  pieces: Pieces;
  /** Which of the codec's channels stands at each place of ours; default: as they come. */
  channelOrder?: readonly number[];
  /** What every sample is multiplied with; default 1. */
  gain?: number;
}

/** Drives one of the WebAssembly decoders: small pieces in, checked blocks out. The first thing that it reports as wrong ends the decoding. */
export class CodecDecoder implements FileDecoder {
  private constructor(
    private readonly codec: Codec,
    private readonly gate: PcmGate,
    private readonly options: CodecOptions,
  ) {}

  static async open(codec: Codec, gate: PcmGate, options: CodecOptions): Promise<CodecDecoder> {
    await codec.ready;
    return new CodecDecoder(codec, gate, options);
  }

  async push(bytes: Uint8Array): Promise<void> {
    for (const piece of this.options.pieces.of(bytes)) await this.decode(piece);
  }

  async end(): Promise<Decoded> {
    await this.decode(this.options.pieces.rest());
    const { flush } = this.codec;
    if (flush) this.take(await this.guarded(() => flush.call(this.codec)));
    const { format, decoder } = this.options;
    const { sampleRate, channels, frames } = this.gate;
    if (frames === 0) throw new EarshotError('AUDIO_UNREADABLE', `${decoder} found no frame that it could decode`);
    return { format, decoder, sampleRate, channels, frames };
  }

  free(): void {
    this.codec.free();
  }

  private async decode(piece: Uint8Array): Promise<void> {
    if (piece.length > 0) this.take(await this.guarded(() => this.codec.decode(piece)));
  }

  private take({ channelData, samplesDecoded, sampleRate, errors }: CodecOutput): void {
    if (errors.length > 0) throw new EarshotError('AUDIO_UNREADABLE', `${this.options.decoder}: ${errors[0]!.message}`);
    if (samplesDecoded <= 0) return;
    const { channelOrder, gain = 1 } = this.options;
    const channels = channelOrder?.map((at) => channelData[at]!) ?? channelData;
    if (gain !== 1) for (const samples of channels) scale(samples, gain);
    try {
      this.gate.pass({ channels, sampleRate });
    } finally {
      // The codec makes new arrays for each piece; left to the garbage collector they hold 10 to 20 MB more.
      for (const { buffer } of channelData) if ('transfer' in buffer) buffer.transfer(0);
    }
  }

  /** The decoders throw what they like at damaged files. */
  private async guarded(work: () => CodecOutput | Promise<CodecOutput>): Promise<CodecOutput> {
    try {
      return await work();
    } catch (cause) {
      throw new EarshotError('AUDIO_UNREADABLE', `${this.options.decoder} gave up: ${cause instanceof Error ? cause.message : cause}`, {
        cause,
      });
    }
  }
}

function scale(samples: Float32Array, gain: number): void {
  for (let i = 0; i < samples.length; i++) samples[i]! *= gain;
}
