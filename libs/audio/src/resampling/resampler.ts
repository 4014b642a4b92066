import { resamplePlan } from './resample-plan.js';
import { SampleQueue } from './sample-queue.js';
import type { Stage } from './stage.js';

export interface ResamplerOptions {
  from: number;
  to: number;
  /** Default 1. */
  channels?: number;
}

export interface Resampler {
  /**
   * Takes samples of each channel, and gives back those of the other rate that are ready; often none. They are valid until the next call:
   * the same buffer is filled again.
   */
  push(channels: readonly Float32Array[]): Float32Array[];
  /** The rest. All together are ⌈samples·to/from⌉ a channel, as librosa has it. */
  end(): Float32Array[];
}

/** Changes the sample rate of a stream as librosa's `soxr_hq` does, without delay: sample 0 stays at time 0. */
export function createResampler({ from, to, channels = 1 }: ResamplerOptions): Resampler {
  const perChannel = Array.from({ length: channels }, () => (from === to ? new SameRate() : new ChannelResampler(from, to)));
  return {
    push: (blocks) => perChannel.map((channel, c) => channel.push(blocks[c]!)),
    end: () => perChannel.map((channel) => channel.end()),
  };
}

/** Resamples one channel that is all there. */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const channel = new ChannelResampler(from, to);
  const out = new Float32Array(resampledLength(samples.length, from, to));
  let used = 0;
  for (let at = 0; at < samples.length; at += pieceSamples) {
    const ready = channel.push(samples.subarray(at, at + pieceSamples));
    out.set(ready, used);
    used += ready.length;
  }
  out.set(channel.end(), used);
  return out;
}

/** librosa's length: the quotient is rounded to a double first, as there. */
export const resampledLength = (samples: number, from: number, to: number): number => Math.ceil(samples * (to / from));

const pieceSamples = 65_536;
const silence = new Float32Array(1024);

class SameRate {
  push(samples: Float32Array): Float32Array {
    return samples;
  }

  end(): Float32Array {
    return new Float32Array(0);
  }
}

class ChannelResampler {
  private readonly stages: Stage[];
  private readonly out = new SampleQueue();
  private taken = 0;
  private given = 0;

  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    this.stages = resamplePlan(from, to)();
  }

  push(samples: Float32Array): Float32Array {
    this.taken += samples.length;
    this.out.clear();
    this.advance(samples);
    this.given += this.out.length;
    return this.out.view();
  }

  end(): Float32Array {
    const length = resampledLength(this.taken, this.from, this.to);
    // soxr rounds the length; librosa takes the next whole number, and fills up with a zero.
    const wanted = Math.min(length, Math.floor(this.taken / (this.from / this.to) + 0.5));
    this.out.clear();
    while (this.given + this.out.length < wanted) this.advance(silence);
    const rest = new Float32Array(Math.max(0, length - this.given));
    rest.set(this.out.view().subarray(0, Math.max(0, wanted - this.given)));
    return rest;
  }

  private advance(samples: Float32Array): void {
    this.stages[0]!.input.append(samples);
    for (const [i, stage] of this.stages.entries()) stage.run(this.stages[i + 1]?.input ?? this.out);
  }
}
