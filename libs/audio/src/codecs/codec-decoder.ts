import { EarshotError } from '@earshot/contracts';
import type { Decoded, FileDecoder, PcmBlock } from '../pcm.js';
import type { PcmGate } from '../pcm-gate.js';

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
  /** Bytes that the codec is given at once: a few bytes of a hostile file may be a second of sound. */
  pieceBytes: number;
  /** Which of the codec's channels stands at each place of ours; default: as they come. */
  channelOrder?: readonly number[];
  /** What every sample is multiplied with; default 1. */
  gain?: number;
  /**
   * Follows the bytes and knows at the end how many frames the file promises, or null; what is more in the last block is cut off. The
   * codec must give each block in memory of its own then.
   */
  length?: { push(bytes: Uint8Array): void; frames(): number | null };
}

/** Drives one of the WebAssembly decoders: small pieces in, checked blocks out. The first thing that it reports as wrong ends the decoding. */
export class CodecDecoder implements FileDecoder {
  /** The newest block, where the last one may have to be cut. */
  private held: PcmBlock | null = null;

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
    const { pieceBytes } = this.options;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      this.options.length?.push(piece);
      this.take(await this.guarded(() => this.codec.decode(piece)));
    }
  }

  async end(): Promise<Decoded> {
    const { flush } = this.codec;
    if (flush) this.take(await this.guarded(() => flush.call(this.codec)));
    this.passLast();
    const { format, decoder } = this.options;
    const { sampleRate, channels, frames } = this.gate;
    if (frames === 0) throw new EarshotError('AUDIO_UNREADABLE', `${decoder} found no frame that it could decode`);
    return { format, decoder, sampleRate, channels, frames };
  }

  free(): void {
    this.codec.free();
  }

  private take({ channelData, samplesDecoded, sampleRate, errors }: CodecOutput): void {
    if (errors.length > 0) throw new EarshotError('AUDIO_UNREADABLE', `${this.options.decoder}: ${errors[0]!.message}`);
    if (samplesDecoded <= 0) return;
    const { channelOrder, gain = 1 } = this.options;
    const channels = channelOrder?.map((at) => channelData[at]!) ?? channelData;
    if (gain !== 1) for (const samples of channels) scale(samples, gain);
    if (!this.options.length) {
      this.gate.pass({ channels, sampleRate });
      return;
    }
    if (this.held) this.gate.pass(this.held);
    this.held = { channels, sampleRate };
  }

  private passLast(): void {
    if (!this.held) return;
    const { channels, sampleRate } = this.held;
    const heldFrames = channels[0]!.length;
    const excess = this.gate.frames + heldFrames - (this.options.length?.frames() ?? Number.POSITIVE_INFINITY);
    const isCut = excess > 0 && excess < heldFrames;
    this.gate.pass({ channels: isCut ? channels.map((samples) => samples.subarray(0, heldFrames - excess)) : channels, sampleRate });
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
