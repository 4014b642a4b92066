import { EarshotError } from '@earshot/contracts';

export interface WavOptions {
  sampleRate: number;
  channels: number;
  /** `pcm16` is rounded and clipped to [-1, 1]; default `float32`, which keeps every sample as it is. */
  sampleFormat?: 'pcm16' | 'float32';
}

/**
 * Makes a WAV file of 4 GB at most: `header(frames)` first, then the bytes of each block in turn.
 * The number of frames is told beforehand, because a header cannot be corrected once it was sent.
 */
export class WavWriter {
  private readonly bytesPerSample: 2 | 4;

  constructor(private readonly options: WavOptions) {
    this.bytesPerSample = options.sampleFormat === 'pcm16' ? 2 : 4;
  }

  header(frames: number): Uint8Array {
    const { sampleRate, channels } = this.options;
    const frameBytes = channels * this.bytesPerSample;
    const dataBytes = frames * frameBytes;
    if (dataBytes + 36 > 0xffffffff) throw new EarshotError('AUDIO_TOO_LONG', `${dataBytes} bytes do not fit in a WAV file`);
    const bytes = new Uint8Array(44);
    const view = new DataView(bytes.buffer);
    writeText(bytes, 0, 'RIFF');
    view.setUint32(4, 36 + dataBytes, true);
    writeText(bytes, 8, 'WAVEfmt ');
    view.setUint32(16, 16, true);
    view.setUint16(20, this.bytesPerSample === 2 ? 1 : 3, true);
    view.setUint16(22, channels, true);
    view.setUint32(24, sampleRate, true);
    view.setUint32(28, sampleRate * frameBytes, true);
    view.setUint16(32, frameBytes, true);
    view.setUint16(34, this.bytesPerSample * 8, true);
    writeText(bytes, 36, 'data');
    view.setUint32(40, dataBytes, true);
    return bytes;
  }

  /** Interleaves one block. */
  block(channels: readonly Float32Array[]): Uint8Array {
    const stride = channels.length;
    if (stride !== this.options.channels) throw new RangeError(`${stride} channels in a block, ${this.options.channels} in the file`);
    const frameCount = channels[0]!.length;
    const values = this.bytesPerSample === 2 ? new Int16Array(frameCount * stride) : new Float32Array(frameCount * stride);
    for (let c = 0; c < stride; c++) {
      const samples = channels[c]!;
      for (let i = 0, at = c; i < frameCount; i++, at += stride) {
        values[at] = this.bytesPerSample === 2 ? Math.max(-32_768, Math.min(32_767, Math.round(samples[i]! * 32_768))) : samples[i]!;
      }
    }
    return new Uint8Array(values.buffer);
  }
}

/** A whole WAV file in memory. */
export function wavFile(channels: readonly Float32Array[], options: Omit<WavOptions, 'channels'>): Uint8Array {
  const writer = new WavWriter({ ...options, channels: channels.length });
  const header = writer.header(channels[0]!.length);
  const block = writer.block(channels);
  const file = new Uint8Array(header.length + block.length);
  file.set(header);
  file.set(block, header.length);
  return file;
}

function writeText(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}
