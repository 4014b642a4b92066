import { EarshotError } from '@earshot/contracts';
import { kernels } from '@earshot/kernels';
import { BlockBuffer } from '../block-buffer.js';
import { joined } from '../joined.js';
import { NotDecodedHere } from '../not-decoded-here.js';
import type { Decoded, FileDecoder } from '../pcm.js';
import { assertPlausible, type PcmGate } from '../pcm-gate.js';
import { BitReader } from './bit-reader.js';
import { crc16 } from './crc.js';
import { type FrameHeader, readFrameHeader } from './frame-header.js';
import { predictorBytes } from './predict.js';
import { parseStreamInfo, type StreamInfo } from './stream-info.js';
import { readSubframe } from './subframe.js';

/** Eight channels of 65,535 samples that are not compressed at all, and the headers. */
const maxFrameBytes = 8 * 65_535 * 4 + 1024;
const maxBits = 24;

/**
 * Reads FLAC of up to 24 bits, exactly, one frame at a time: a few bytes of a hostile file may be seconds of silence, and each frame
 * passes the limits on its own. Reference: RFC 9639.
 *
 * The checksums of headers and frames are compared, the MD5 of the whole is not. A file that was cut short gives its whole frames.
 */
export class FlacDecoder implements FileDecoder {
  private pending: Uint8Array = new Uint8Array(0);
  /** Where they lie in the kernels' memory while they are handled. */
  private pendingAt = 0;
  /** Not worth trying again before there are as many bytes. */
  private wantedBytes = 0;
  private state: 'marker' | 'metadata' | 'frames' = 'marker';
  private metadataBytesLeft = 0;
  private stream: StreamInfo | null = null;
  private readonly block = new BlockBuffer();

  constructor(private readonly gate: PcmGate) {}

  push(bytes: Uint8Array): void {
    this.pending = this.pending.length > 0 ? joined(this.pending, bytes) : bytes;
    if (this.pending.length < this.wantedBytes) return;
    const at = this.steps();
    this.pending = new Uint8Array(this.pending.subarray(at));
    this.wantedBytes = this.pending.length * 1.5;
    if (this.pending.length > maxFrameBytes) throw new EarshotError('AUDIO_UNREADABLE', 'FLAC: a frame does not end');
  }

  end(): Decoded {
    this.wantedBytes = 0;
    this.push(new Uint8Array(0));
    if (!this.stream) throw new EarshotError('AUDIO_UNREADABLE', 'the FLAC file ends before its STREAMINFO');
    const isCut = this.pending.length > 0 || this.metadataBytesLeft > 0;
    if (isCut && this.gate.frames === 0) throw new EarshotError('AUDIO_UNREADABLE', 'the FLAC file ends before its first frame does');
    this.gate.assertNotEmpty();
    const { sampleRate, channels, frames } = this.gate;
    const isTruncated = this.stream.totalFrames > frames;
    return { format: `flac/pcm${this.stream.bits}`, decoder: 'earshot-flac', sampleRate, channels, frames, isTruncated };
  }

  free(): void {}

  /** Handles what is whole of the pending bytes, which the kernels need in their own memory, and returns how much that was. */
  private steps(): number {
    const { arena } = kernels();
    return arena.scoped(() => {
      this.pendingAt = arena.take(this.pending.length + 8);
      arena.u8(this.pendingAt, this.pending.length).set(this.pending);
      let at = 0;
      for (let isMoving = true; isMoving; ) {
        const usedBytes = this.step(at);
        at += usedBytes;
        isMoving = usedBytes > 0;
      }
      return at;
    });
  }

  /** Handles what stands at `at` of the pending bytes, and returns how much of it was used; 0 when it needs more. */
  private step(at: number): number {
    const { pending } = this;
    const leftBytes = pending.length - at;
    if (this.state === 'marker') {
      if (leftBytes < 4) return 0;
      this.state = 'metadata';
      return 4;
    }
    if (this.state === 'metadata') return this.readMetadata(at, leftBytes);
    if (this.isComplete() && leftBytes >= 2 && (pending[at] !== 0xff || pending[at + 1]! >> 2 !== 0x3e)) return leftBytes;
    return this.readFrame(at);
  }

  private readMetadata(at: number, leftBytes: number): number {
    if (this.metadataBytesLeft > 0) {
      const skippedBytes = Math.min(leftBytes, this.metadataBytesLeft);
      this.metadataBytesLeft -= skippedBytes;
      return skippedBytes;
    }
    const { pending } = this;
    if (leftBytes < 2) return 0;
    const isFrame = pending[at] === 0xff;
    if (isFrame && this.stream) {
      this.state = 'frames';
      return this.readFrame(at);
    }
    if (leftBytes < 4) return 0;
    const type = pending[at]! & 0x7f;
    const sizeBytes = (pending[at + 1]! << 16) | (pending[at + 2]! << 8) | pending[at + 3]!;
    if (type !== 0) {
      if (!this.stream) throw new EarshotError('AUDIO_UNREADABLE', 'FLAC: the first block is not STREAMINFO');
      this.metadataBytesLeft = sizeBytes;
      return 4;
    }
    if (leftBytes < 38) return 0;
    this.stream = parseStreamInfo(pending.subarray(at + 4, at + 38));
    assertPlausible(this.stream.sampleRate, this.stream.channels);
    this.metadataBytesLeft = Math.max(0, sizeBytes - 34);
    return 38;
  }

  /** Whether all samples that STREAMINFO promises are there; what follows then, unless it is a frame, is not looked at (tags). */
  private isComplete(): boolean {
    const { totalFrames } = this.stream!;
    return totalFrames > 0 && this.gate.frames >= totalFrames;
  }

  private readFrame(at: number): number {
    const { pending, gate, stream } = this;
    if (pending.length - at < 2) return 0;
    const reader = new BitReader(pending, at, this.pendingAt);
    const header = readFrameHeader(reader, pending, stream!);
    if (!header) return 0;
    if (header.bits > maxBits) throw new NotDecodedHere('flac', `FLAC of ${header.bits} bits`);
    const channels = this.block.take(header.channels, header.sampleCount);
    const endByte = kernels().arena.scoped(() => this.readSamples(reader, header, at, channels));
    if (endByte === 0) return 0;
    gate.pass({ channels, sampleRate: header.sampleRate }, true);
    return endByte - at;
  }

  /** The samples of the frame that began at `at`, and where it ends; 0 when it needs more bytes. */
  private readSamples(reader: BitReader, header: FrameHeader, at: number, channels: Float32Array[]): number {
    const { pending, gate } = this;
    const { arena, run } = kernels();
    const scratch = arena.take(predictorBytes);
    const pointers = channels.map(({ length }) => arena.take(4 * length));
    const numbers = pointers.map((pointer) => ({ at: pointer, values: arena.i32(pointer, header.sampleCount), scratch }));
    for (const [c, ofChannel] of numbers.entries()) {
      readSubframe(reader, header.bits + (c === sideChannel[header.stereo] ? 1 : 0), ofChannel);
      if (reader.isPastEnd) return 0;
    }
    const end = Math.ceil(reader.position / 8) + 2;
    if (end > pending.length) return 0;
    if (crc16(pending, at, end) !== 0) throw new EarshotError('AUDIO_UNREADABLE', `FLAC: the checksum fails after ${gate.frames} frames`);
    const [first, second] = numbers;
    const coding = stereoCodings[header.stereo];
    if (coding > 0 && first && second) run.undoStereo(first.at, second.at, header.sampleCount, coding);
    for (const [c, ofChannel] of numbers.entries()) {
      run.scaled(ofChannel.at, header.sampleCount, 2 ** (1 - header.bits));
      channels[c]!.set(arena.f32(ofChannel.at, header.sampleCount));
    }
    return end;
  }
}

/** The channel that is a difference, and so one bit wider. */
const sideChannel: Record<FrameHeader['stereo'], number> = { independent: -1, 'left-side': 1, 'side-right': 0, 'mid-side': 1 };

/** As the kernel `undoStereo` counts them. */
const stereoCodings: Record<FrameHeader['stereo'], number> = { independent: 0, 'left-side': 1, 'side-right': 2, 'mid-side': 3 };
