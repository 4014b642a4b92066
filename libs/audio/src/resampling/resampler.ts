import { interpolate } from '@earshot/kernels';
import { grain, type ResamplePlan, resamplePlan } from './resample-plan.js';

export interface ResamplerOptions {
  from: number;
  to: number;
  /** Default 1. */
  channels?: number;
}

export interface Resampler {
  /** Takes samples of each channel, and gives back those of the other rate that are ready; often none. */
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
  /** Input that no block has begun with yet, after the zeros that stand for the time before 0. */
  private input: Float32Array;
  /** At the middle rate, from the sample that the next output needs first. */
  private middle: Float32Array;
  /** Where the next output lies from there, in phases. */
  private phase: number;
  private taken = 0;
  private given = 0;

  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    this.plan = resamplePlan(from, to);
    const { spoiltSamples, factor, interpolation, startsSilent } = this.plan;
    const tapCount = interpolation?.tapCount ?? 0;
    // The interpolator begins half its length before time 0: there is silence, or the low-pass rings there.
    const leadSamples = startsSilent ? 0 : Math.ceil(tapCount / 2 / factor / grain) * grain;
    this.input = new Float32Array(spoiltSamples + leadSamples);
    this.middle = new Float32Array(startsSilent ? tapCount : 0);
    const before = this.middle.length + leadSamples * factor;
    this.phase = interpolation ? (before - (tapCount / 2 - 1)) * interpolation.phaseCount : 0;
  }

  push(samples: Float32Array): Float32Array {
    this.taken += samples.length;
    const ready = this.advance(samples);
    this.given += ready.length;
    return ready;
  }

  end(): Float32Array {
    const length = resampledLength(this.taken, this.from, this.to);
    // soxr rounds the length; librosa takes the next whole number, and fills up with a zero.
    const wanted = Math.min(length, Math.floor(this.taken / (this.from / this.to) + 0.5));
    const rest = new Float32Array(Math.max(0, length - this.given));
    for (let used = 0; this.given + used < wanted; ) {
      const ready = this.advance(new Float32Array(this.plan.hop));
      const missing = wanted - this.given - used;
      rest.set(ready.subarray(0, missing), used);
      used += Math.min(ready.length, missing);
    }
    return rest;
  }

  private advance(samples: Float32Array): Float32Array {
    const { filter, inSize, hop, spoiltSamples, factor, interpolation } = this.plan;
    const input = concat(this.input, samples);
    const blockCount = Math.max(0, Math.floor((input.length - inSize) / hop) + 1);
    this.input = input.slice(blockCount * hop);
    if (blockCount === 0) return new Float32Array(0);
    const keptSamples = hop * factor;
    const filtered = new Float32Array(blockCount * keptSamples);
    filter.run(input, { blockCount, hop, firstKept: spoiltSamples * factor, keptSamples }, filtered);
    if (!interpolation) return filtered;
    const middle = concat(this.middle, filtered);
    const { tapCount, phaseCount, step } = interpolation;
    const count = Math.max(0, Math.floor(((middle.length - tapCount + 1) * phaseCount - 1 - this.phase) / step) + 1);
    const out = new Float32Array(count);
    interpolate(middle, interpolation, this.phase, out);
    const next = this.phase + count * step;
    const passed = Math.min(middle.length, Math.floor(next / phaseCount));
    this.middle = middle.slice(passed);
    this.phase = next - passed * phaseCount;
    return out;
  }
}

function concat(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
