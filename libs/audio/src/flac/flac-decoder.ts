import { EarshotError } from '@earshot/contracts';
import { BlockBuffer } from '../block-buffer.js';
import { joined } from '../joined.js';
import { NotDecodedHere } from '../not-decoded-here.js';
import type { Decoded, FileDecoder } from '../pcm.js';
import { assertPlausible, type PcmGate } from '../pcm-gate.js';
import { BitReader } from './bit-reader.js';
import { crc16 } from './crc.js';
import { type FrameHeader, readFrameHeader } from './frame-header.js';
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
    let at = 0;
    for (let isMoving = true; isMoving; ) {
      const usedBytes = this.step(at);
      at += usedBytes;
      isMoving = usedBytes > 0;
    }
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
    return { format: `flac/pcm${this.stream.bits}`, decoder: 'earshot-flac', sampleRate, channels, frames };
  }

  free(): void {}

  /** Handles what stands at `at` of the pending bytes, and answers how much of it was used; 0 when it needs more. */
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
    const reader = new BitReader(pending, at);
    const header = readFrameHeader(reader, pending, stream!);
    if (!header) return 0;
    if (header.bits > maxBits) throw new NotDecodedHere('flac', `FLAC of ${header.bits} bits`);
    const channels = this.block.take(header.channels, header.sampleCount);
    // the same memory: each whole number makes place for its sample in the end
    const values = channels.map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length));
    for (let c = 0; c < values.length; c++) {
      readSubframe(reader, header.bits + (c === sideChannel[header.stereo] ? 1 : 0), values[c]!);
      if (reader.isPastEnd) return 0;
    }
    const end = Math.ceil(reader.position / 8);
    if (end + 2 > pending.length) return 0;
    if (crc16(pending, at, end + 2) !== 0)
      throw new EarshotError('AUDIO_UNREADABLE', `FLAC: the checksum fails after ${gate.frames} frames`);
    undoStereo(values, header);
    for (let c = 0; c < values.length; c++) toSamples(values[c]!, header.bits, channels[c]!);
    gate.pass({ channels, sampleRate: header.sampleRate }, true);
    return end + 2 - at;
  }
}

/** The channel that is a difference, and so one bit wider. */
const sideChannel: Record<FrameHeader['stereo'], number> = { independent: -1, 'left-side': 1, 'side-right': 0, 'mid-side': 1 };

function undoStereo([first, second]: Int32Array[], { stereo, sampleCount }: FrameHeader): void {
  if (stereo === 'independent' || !first || !second) return;
  for (let i = 0; i < sampleCount; i++) {
    const a = first[i]!;
    const b = second[i]!;
    if (stereo === 'left-side') second[i] = a - b;
    else if (stereo === 'side-right') first[i] = a + b;
    else {
      const sum = (a << 1) | (b & 1);
      first[i] = (sum + b) >> 1;
      second[i] = (sum - b) >> 1;
    }
  }
}

function toSamples(values: Int32Array, bits: number, samples: Float32Array): void {
  const scale = 2 ** (1 - bits);
  for (let i = 0; i < values.length; i++) samples[i] = values[i]! * scale;
}
