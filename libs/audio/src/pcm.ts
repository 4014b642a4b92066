/**
 * A piece of decoded audio: one array of samples in [-1, 1] for each channel, all of one length. The arrays are the decoder's, which
 * writes its next block into them: who wants to keep samples copies them.
 */
export interface PcmBlock {
  channels: Float32Array[];
  sampleRate: number;
}

/** What may come out of one file at most, counted while it is decoded. */
export interface DecodeLimits {
  maxSeconds: number;
  /** Of 32-bit samples over all channels. */
  maxDecodedBytes: number;
}

/** What a file turned out to be. */
export interface Decoded {
  /** Container and sample format or codec, for example `wav/pcm16` or `mp3`. */
  format: string;
  /** Which decoder produced the samples, for example `earshot-wav`. */
  decoder: string;
  sampleRate: number;
  channels: number;
  /** Samples of each channel. */
  frames: number;
  /** The file ends before the end that it announces: what is there was decoded. */
  isTruncated?: boolean;
}

/** Uses a block while the call lasts. */
export type OnPcmBlock = (block: PcmBlock) => void;

/** A decoder that is fed the bytes of one file, piece by piece. */
export interface FileDecoder {
  /** The bytes are the caller's again once it has returned, or what it returned has resolved. */
  push(bytes: Uint8Array): void | Promise<void>;
  end(): Decoded | Promise<Decoded>;
  /** Gives back what the decoder holds outside the garbage-collected heap; called in every case, also after an error. */
  free(): void;
}
