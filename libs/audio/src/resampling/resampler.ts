import { blocksAtOnce, filterBlocks, interpolate } from '@earshot/kernels';
import { type ResamplePlan, resamplePlan } from './resample-plan.js';
import { SampleQueue } from './sample-queue.js';

export interface ResamplerOptions {
  from: number;
  to: number;
  /** Default 1. */
  channels?: number;
}

export interface Resampler {
  /** Takes samples of each channel, and gives back those of the other rate that are ready, often none; valid until the next `push`. */
  push(channels: readonly Float32Array[]): Float32Array[];
  /** The rest. All together are ⌈samples·to/from⌉ a channel, as librosa has it. */
  end(): Float32Array[];
}

/**
 * Changes the sample rate of a stream as librosa's `soxr_hq` does, without delay: sample 0 stays at time 0. The same bytes however the
 * samples are dealt to `push`.
 */
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

class SameRate {
  push(samples: Float32Array): Float32Array {
    return samples;
  }

  end(): Float32Array {
    return new Float32Array(0);
  }
}

class ChannelResampler {
  private readonly plan: ResamplePlan;
  /** Samples of the four blocks that are filtered together. */
  private readonly groupSamples: number;
  /** Input from the next block's begin on; before time 0 there are zeros. */
  private readonly input: SampleQueue;
  /** At the middle rate, from the first sample that the next output needs. */
  private readonly middle: SampleQueue;
  private readonly out = new SampleQueue();
  /** Where the next output lies from the beginning of `middle`, in phases. */
  private phase: number;
  private taken = 0;
  private given = 0;

  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    this.plan = resamplePlan(from, to);
    const { filter, hop, spoiltSamples, leadSamples, interpolation } = this.plan;
    this.groupSamples = (blocksAtOnce - 1) * hop + filter.inSize;
    this.input = new SampleQueue(leadSamples + spoiltSamples);
    const { samplesBefore, phaseCount } = interpolation ?? { samplesBefore: 0, phaseCount: 0 };
    const middleLead = (leadSamples * filter.keptCount) / hop;
    this.middle = new SampleQueue(Math.max(0, samplesBefore - middleLead));
    this.phase = Math.max(0, middleLead - samplesBefore) * phaseCount;
  }

  push(samples: Float32Array): Float32Array {
    this.taken += samples.length;
    this.out.clear();
    this.input.append(samples);
    while (this.input.length >= this.groupSamples) this.advance();
    this.given += this.out.length;
    return this.out.view();
  }

  end(): Float32Array {
    const length = resampledLength(this.taken, this.from, this.to);
    // As lengths and last samples show, librosa has the nearest whole number of its steps, which are doubles, and up to the length a zero:
    // of 12,000 samples, 48 to 22.05 kHz, 5512 and a zero, though 5512.5 would round up.
    const step = this.from / this.to;
    const computed = Math.min(length, Math.round(this.taken / step));
    this.out.clear();
    while (this.given + this.out.length < computed) {
      this.input.extend(this.groupSamples - this.input.length).fill(0);
      this.advance();
    }
    const rest = new Float32Array(length - this.given);
    rest.set(this.out.view().subarray(0, computed - this.given));
    return rest;
  }

  private advance(): void {
    const { filter, hop, interpolation } = this.plan;
    const filtered = interpolation ? this.middle : this.out;
    filterBlocks(filter, this.input.view(), hop, filtered.extend(blocksAtOnce * filter.keptCount));
    this.input.drop(blocksAtOnce * hop);
    if (!interpolation) return;

    const { tapCount, phaseCount, step } = interpolation;
    const lastPhase = (this.middle.length - tapCount + 1) * phaseCount - 1;
    const count = Math.max(0, Math.floor((lastPhase - this.phase) / step) + 1);
    interpolate(this.middle.view(), interpolation, this.phase, this.out.extend(count));
    const next = this.phase + count * step;
    const passed = Math.min(this.middle.length, Math.floor(next / phaseCount));
    this.middle.drop(passed);
    this.phase = next - passed * phaseCount;
  }
}
