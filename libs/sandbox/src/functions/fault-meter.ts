import { createHash } from 'node:crypto';

/** At full scale: the largest values of 16 and of 24 bits are, and so is what a decoder gives for them. */
const fullScale = 0.999;
const shortestRun = 3;

/** Of one channel, over blocks that come one after the other. */
class ChannelFaults {
  sum = 0;
  clipped = 0;
  readonly hash = createHash('sha256');
  /** Samples at full scale that came last without another one between them, and of which sign. */
  private run = 0;
  private isAbove = false;

  /** A sample counts once it is the third of its run, which counts the two before it as well. */
  add(samples: Float32Array): void {
    let { sum, run, isAbove, clipped } = this;
    for (let i = 0; i < samples.length; i++) {
      const x = samples[i]!;
      sum += x;
      if (x < fullScale && x > -fullScale) run = 0;
      else {
        run = run > 0 && x > 0 === isAbove ? run + 1 : 1;
        isAbove = x > 0;
        if (run === shortestRun) clipped += shortestRun;
        else if (run > shortestRun) clipped += 1;
      }
    }
    Object.assign(this, { sum, run, isAbove, clipped });
    this.hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  }
}

/** Direct current, clipping, and the hash of the samples, over blocks that may end anywhere. */
export class FaultMeter {
  private readonly channels: ChannelFaults[] = [];
  private frames = 0;

  add(channels: readonly Float32Array[]): void {
    while (this.channels.length < channels.length) this.channels.push(new ChannelFaults());
    for (const [c, samples] of channels.entries()) this.channels[c]!.add(samples);
    this.frames += channels[0]?.length ?? 0;
  }

  /** The largest |Σ x / n| of a channel. */
  get dcOffset(): number {
    return this.frames === 0 ? 0 : Math.max(...this.channels.map(({ sum }) => Math.abs(sum / this.frames)));
  }

  get clippedShare(): number {
    const clipped = this.channels.reduce((total, channel) => total + channel.clipped, 0);
    return this.frames === 0 ? 0 : clipped / (this.frames * this.channels.length);
  }

  /** Of the rate and of each channel's samples. To be asked once. */
  audioSha256(sampleRate: number): string {
    const whole = createHash('sha256').update(`${sampleRate}`);
    for (const { hash } of this.channels) whole.update(hash.digest());
    return whole.digest('hex');
  }
}
