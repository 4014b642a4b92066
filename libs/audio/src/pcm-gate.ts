import { EarshotError } from '@earshot/contracts';
import type { DecodeLimits, OnPcmBlock, PcmBlock } from './pcm.js';

const rateHz = { min: 4000, max: 768_000 };
const maxChannels = 32;

/** Refuses a sample rate or a number of channels that no recording has: 4 bytes of header must not become gigabytes. */
export function assertPlausible(sampleRate: number, channels: number): void {
  if (!(sampleRate >= rateHz.min && sampleRate <= rateHz.max)) {
    throw new EarshotError('AUDIO_OUT_OF_RANGE', `sample rate ${sampleRate} Hz, limits ${rateHz.min} to ${rateHz.max} Hz`);
  }
  if (!(channels >= 1 && channels <= maxChannels)) {
    throw new EarshotError('AUDIO_OUT_OF_RANGE', `${channels} channels, limits 1 to ${maxChannels}`);
  }
}

/** What every decoded block passes: it counts, and stops at the limits, at nonsense, and when the rate or the channels change. */
export class PcmGate {
  frames = 0;
  sampleRate = 0;
  channels = 0;

  constructor(
    private readonly onBlock: OnPcmBlock,
    private readonly limits: DecodeLimits,
  ) {}

  /** `areFinite`: the samples come from integers, and need no look. */
  pass(block: PcmBlock, areFinite = false): void {
    const frameCount = block.channels[0]?.length ?? 0;
    if (this.sampleRate === 0) this.open(block);
    if (block.sampleRate !== this.sampleRate || block.channels.length !== this.channels) {
      const [was, is] = [`${this.sampleRate} Hz x ${this.channels}`, `${block.sampleRate} Hz x ${block.channels.length}`];
      throw new EarshotError('AUDIO_UNREADABLE', `the stream changes from ${was} to ${is} after ${this.frames} frames`);
    }
    if (frameCount === 0) return;
    this.frames += frameCount;
    this.assertWithinLimits();
    if (!areFinite) for (const samples of block.channels) this.assertFinite(samples);
    this.onBlock(block);
  }

  /** To be called at the end of the file. */
  assertNotEmpty(): void {
    if (this.frames === 0) throw new EarshotError('AUDIO_EMPTY', 'the file holds no sample');
  }

  private open({ sampleRate, channels }: PcmBlock): void {
    assertPlausible(sampleRate, channels.length);
    this.sampleRate = sampleRate;
    this.channels = channels.length;
  }

  private assertWithinLimits(): void {
    const { maxSeconds, maxDecodedBytes } = this.limits;
    if (this.frames > maxSeconds * this.sampleRate) {
      throw new EarshotError('AUDIO_TOO_LONG', `more than ${maxSeconds} s decoded`, { members: { limit: maxSeconds } });
    }
    if (this.frames * this.channels * 4 > maxDecodedBytes) {
      throw new EarshotError('AUDIO_TOO_LONG', `more than ${maxDecodedBytes} bytes decoded`, { members: { limit: maxDecodedBytes } });
    }
  }

  /** x - x is 0 for finite x and NaN for all else, so that one sum answers for the block: as four, none of which waits for another. */
  private assertFinite(samples: Float32Array): void {
    const inFours = samples.length & ~3;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < inFours; i += 4) {
      a += samples[i]! - samples[i]!;
      b += samples[i + 1]! - samples[i + 1]!;
      c += samples[i + 2]! - samples[i + 2]!;
      d += samples[i + 3]! - samples[i + 3]!;
    }
    for (let i = inFours; i < samples.length; i++) a += samples[i]! - samples[i]!;
    if (a + b + c + d !== 0) throw new EarshotError('AUDIO_UNREADABLE', `a sample before frame ${this.frames} is not a finite number`);
  }
}
