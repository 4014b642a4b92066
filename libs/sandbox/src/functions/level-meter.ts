/** −60 dB of full scale: what stays below it is silence. */
const silenceThreshold = 0.001;

/** Peak, loudness and silence at both ends, over blocks of samples that come one after the other. */
export class LevelMeter {
  private frames = 0;
  /** Of each channel, sample by sample, so that the sum does not depend on where blocks end: ffmpeg's pipe ends them anywhere. */
  private readonly squares: number[] = [];
  private sampleCount = 0;
  private peakLevel = 0;
  private firstLoudFrame = -1;
  private lastLoudFrame = -1;

  add(channels: readonly Float32Array[]): void {
    for (const [c, samples] of channels.entries()) this.addChannel(samples, c);
    this.frames += channels[0]?.length ?? 0;
  }

  get peak(): number {
    return this.peakLevel;
  }

  /** √(Σ x² / n) over all samples of all channels; 0 without samples. */
  get rms(): number {
    return this.sampleCount > 0 ? Math.sqrt(this.squares.reduce((sum, squares) => sum + squares, 0) / this.sampleCount) : 0;
  }

  /** Frames before the first that is not silent in some channel: all of them when everything is silent. */
  get leadingSilentFrames(): number {
    return this.firstLoudFrame < 0 ? this.frames : this.firstLoudFrame;
  }

  /** Frames after the last that is not silent in some channel: all of them when everything is silent. */
  get trailingSilentFrames(): number {
    return this.frames - 1 - this.lastLoudFrame;
  }

  private addChannel(samples: Float32Array, channel: number): void {
    const { length } = samples;
    let peak = 0;
    let squares = this.squares[channel] ?? 0;
    for (let i = 0; i < length; i++) {
      const level = Math.abs(samples[i]!);
      squares += level * level;
      if (level > peak) peak = level;
    }
    this.peakLevel = Math.max(this.peakLevel, peak);
    this.squares[channel] = squares;
    this.sampleCount += length;
    if (peak >= silenceThreshold) this.markLoudFrames(samples);
  }

  /** For a block that has a loud sample. The ends are searched from the ends, so that most blocks cost two looks. */
  private markLoudFrames(samples: Float32Array): void {
    const firstFrame = this.frames + samples.findIndex(isLoud);
    if (this.firstLoudFrame < 0 || firstFrame < this.firstLoudFrame) this.firstLoudFrame = firstFrame;
    this.lastLoudFrame = Math.max(this.lastLoudFrame, this.frames + samples.findLastIndex(isLoud));
  }
}

const isLoud = (sample: number): boolean => Math.abs(sample) >= silenceThreshold;
