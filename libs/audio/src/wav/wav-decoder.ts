import { EarshotError } from '@earshot/contracts';
import { BlockBuffer } from '../block-buffer.js';
import { joined } from '../joined.js';
import { NotDecodedHere } from '../not-decoded-here.js';
import type { Decoded, FileDecoder } from '../pcm.js';
import type { PcmGate } from '../pcm-gate.js';
import { parseFormatChunk, type WavFormat } from './format-chunk.js';
import { bytesPerSample, deinterleave } from './sample-format.js';

const maxFormatChunkBytes = 65_536;
const blockFrames = 4096; // small enough to stay in the processor's cache on its way

/**
 * Reads WAV, RF64 and BW64, piece by piece, in flat memory.
 *
 * Sizes in headers are claims. What real files need:
 * - A data chunk of size 0 or 0xFFFFFFFF was never finished (a recorder that crashed, a pipe): it reaches to the end of the file,
 *   unless another chunk follows a size of 0 at once, then it is empty.
 * - A data chunk that ends early gives the samples that are there, as librosa and ffmpeg do; half a frame at the end is dropped.
 * - The padding byte after a chunk of odd size is often forgotten, so a zero is skipped and anything else is not.
 * - What follows the data chunk (tags, junk) is not looked at.
 */
export class WavDecoder implements FileDecoder {
  private state: 'riff' | 'chunk' | 'skip' | 'format' | 'sizes' | 'data' | 'done' = 'riff';
  private pending = new Uint8Array(0);
  private chunkBytesLeft = 0;
  private isPaddingPossible = false;
  /** Of the `ds64` chunk of RF64, where the 32 bits of the data chunk's own size are all ones. */
  private longDataBytes: number | null = null;
  private format: WavFormat | null = null;
  private readonly block = new BlockBuffer();

  constructor(private readonly gate: PcmGate) {}

  push(bytes: Uint8Array): void {
    let rest = bytes;
    if (this.pending.length > 0) {
      // Among the samples only the block is put together that lies across both, not the whole piece.
      const borderBytes = this.state === 'data' ? this.blockBytes() - this.pending.length : bytes.length;
      this.take(joined(this.pending, bytes.subarray(0, borderBytes)));
      rest = bytes.subarray(borderBytes);
    }
    if (rest.length > 0) this.take(rest);
  }

  end(): Decoded {
    if (this.state === 'riff' || !this.format) throw new EarshotError('AUDIO_UNREADABLE', 'the WAV file ends before its fmt chunk');
    this.gate.assertNotEmpty();
    const { sampleFormat, sampleRate, channels } = this.format;
    // A size that was never finished announces no end.
    const isTruncated = this.state === 'data' && Number.isFinite(this.chunkBytesLeft);
    return { format: `wav/${sampleFormat}`, decoder: 'earshot-wav', sampleRate, channels, frames: this.gate.frames, isTruncated };
  }

  free(): void {}

  /** Uses the bytes up to what needs more of them, which is kept. */
  private take(bytes: Uint8Array): void {
    let rest = bytes;
    for (let isMoving = true; isMoving; ) {
      const before = this.state;
      const usedBytes = this.step(rest);
      rest = rest.subarray(usedBytes);
      isMoving = usedBytes > 0 || this.state !== before;
    }
    this.pending = new Uint8Array(rest); // a copy: the caller may use its buffer again, and slice() of a Buffer copies nothing
  }

  /** Handles what stands at the front of `bytes`, and returns how much of it was used; 0 when it needs more. */
  private step(bytes: Uint8Array): number {
    switch (this.state) {
      case 'riff':
        return this.readRiff(bytes);
      case 'chunk':
        return this.readChunkHeader(bytes);
      case 'format':
      case 'sizes':
        return this.readWholeChunk(bytes);
      case 'skip':
        return this.skip(bytes);
      case 'data':
        return this.readFrames(bytes);
      case 'done':
        return bytes.length;
    }
  }

  private readRiff(bytes: Uint8Array): number {
    if (bytes.length < 12) return 0;
    const id = fourCc(bytes, 0);
    if (fourCc(bytes, 8) !== 'WAVE') throw new EarshotError('AUDIO_UNREADABLE', 'a RIFF file that is not WAVE');
    if (id === 'RIFX') throw new NotDecodedHere('wav', 'big-endian WAV');
    if (id !== 'RIFF' && id !== 'RF64' && id !== 'BW64') throw new EarshotError('AUDIO_UNREADABLE', 'no RIFF header');
    this.state = 'chunk';
    return 12;
  }

  private readChunkHeader(bytes: Uint8Array): number {
    if (this.isPaddingPossible) {
      if (bytes.length === 0) return 0;
      this.isPaddingPossible = false;
      if (bytes[0] === 0) return 1;
    }
    if (bytes.length < 8) return 0;
    const id = fourCc(bytes, 0);
    const sizeBytes = uint32(bytes, 4);
    if (id === 'data') return this.openData(bytes, sizeBytes);
    this.chunkBytesLeft = sizeBytes;
    this.isPaddingPossible = sizeBytes % 2 === 1;
    this.state = id === 'fmt ' ? 'format' : id === 'ds64' ? 'sizes' : 'skip';
    if (this.state !== 'skip' && sizeBytes > maxFormatChunkBytes) {
      throw new EarshotError('AUDIO_UNREADABLE', `a ${id.trim()} chunk of ${sizeBytes} bytes`);
    }
    return 8;
  }

  private openData(bytes: Uint8Array, sizeBytes: number): number {
    if (!this.format) throw new EarshotError('AUDIO_UNREADABLE', 'the data chunk comes before the fmt chunk');
    if (sizeBytes === 0) {
      if (bytes.length < 12) return 0;
      const isEmpty = /^(LIST|list|id3 |ID3 |bext|fact|cue |JUNK|junk|PEAK|smpl|inst|iXML|PAD )$/.test(fourCc(bytes, 8));
      this.chunkBytesLeft = isEmpty ? 0 : Number.POSITIVE_INFINITY;
    } else {
      this.chunkBytesLeft = sizeBytes === 0xffffffff ? this.longDataBytes || Number.POSITIVE_INFINITY : sizeBytes;
    }
    this.state = this.chunkBytesLeft > 0 ? 'data' : 'done';
    return 8;
  }

  private readWholeChunk(bytes: Uint8Array): number {
    if (bytes.length < this.chunkBytesLeft) return 0;
    const chunk = bytes.subarray(0, this.chunkBytesLeft);
    if (this.state === 'format') this.format = parseFormatChunk(chunk);
    else if (chunk.length >= 16) this.longDataBytes = uint32(chunk, 8) + uint32(chunk, 12) * 2 ** 32;
    this.state = 'chunk';
    return chunk.length;
  }

  private skip(bytes: Uint8Array): number {
    const skippedBytes = Math.min(bytes.length, this.chunkBytesLeft);
    this.chunkBytesLeft -= skippedBytes;
    if (this.chunkBytesLeft === 0) this.state = 'chunk';
    return skippedBytes;
  }

  private readFrames(bytes: Uint8Array): number {
    const { sampleFormat, sampleRate, channels } = this.format!;
    const frameBytes = this.blockBytes() / blockFrames;
    const usableBytes = Math.min(bytes.length, this.chunkBytesLeft, this.blockBytes());
    const wholeBytes = usableBytes - (usableBytes % frameBytes);
    if (wholeBytes > 0) {
      const samples = this.block.take(channels, wholeBytes / frameBytes);
      deinterleave(bytes.subarray(0, wholeBytes), sampleFormat, samples);
      this.gate.pass({ channels: samples, sampleRate }, !sampleFormat.startsWith('float'));
    }
    this.chunkBytesLeft -= wholeBytes;
    if (this.chunkBytesLeft < frameBytes) this.state = 'done';
    return wholeBytes;
  }

  private blockBytes(): number {
    const { sampleFormat, channels } = this.format!;
    return blockFrames * bytesPerSample[sampleFormat] * channels;
  }
}

const fourCc = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

const uint32 = (b: Uint8Array, at: number): number => (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0;
