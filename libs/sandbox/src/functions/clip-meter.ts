import type { Decoded } from '@earshot/audio';
import type { Description } from '@earshot/contracts';
import { LevelMeter } from './level-meter.js';
import { Waveform } from './waveform.js';

/** What is noted of a clip's blocks while they pass. */
export class ClipMeter {
  private readonly meter = new LevelMeter();
  private readonly waveform = new Waveform();

  add(channels: readonly Float32Array[]): void {
    this.meter.add(channels);
    this.waveform.add(channels);
  }

  describe({ format, decoder, sampleRate, channels, frames, isTruncated }: Decoded): Description {
    const { meter, waveform } = this;
    return {
      format,
      decoder,
      durationSeconds: frames / sampleRate,
      sampleRate,
      channels,
      frames,
      peak: meter.peak,
      rms: meter.rms,
      leadingSilenceSeconds: meter.leadingSilentFrames / sampleRate,
      trailingSilenceSeconds: meter.trailingSilentFrames / sampleRate,
      warnings: isTruncated ? ['TRUNCATED'] : [],
      waveform: waveform.parts,
    };
  }
}
