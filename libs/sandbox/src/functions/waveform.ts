import { MonoMix } from '../decoding/mono-mix.js';

/** Parts of a drawn waveform, at most. */
export const waveformParts = 128;

/**
 * The lowest and the highest sample of equal parts of a clip whose length is not known before its end: when there are twice as
 * many parts as wanted, neighbours are joined, and each part is twice as long from then on.
 */
export class Waveform {
  private lowest: number[] = [];
  private highest: number[] = [];
  private framesPerPart = 1;
  private framesInLast = 0;
  private readonly mix = new MonoMix();

  /** The mean of the channels is drawn. */
  add(channels: readonly Float32Array[]): void {
    const samples = this.mix.of(channels);
    for (let start = 0; start < samples.length; ) {
      if (this.lowest.length === 0 || this.framesInLast === this.framesPerPart) this.openPart();
      const end = Math.min(samples.length, start + this.framesPerPart - this.framesInLast);
      this.addToLast(samples, start, end);
      start = end;
    }
  }

  /** In 1/127 of full scale. */
  get parts(): { lowest: number[]; highest: number[] } {
    const isTooMany = this.lowest.length > waveformParts;
    const [lowest, highest] = isTooMany ? [halved(this.lowest, Math.min), halved(this.highest, Math.max)] : [this.lowest, this.highest];
    return { lowest: lowest.map(asLevel), highest: highest.map(asLevel) };
  }

  private openPart(): void {
    if (this.lowest.length === 2 * waveformParts) {
      this.lowest = halved(this.lowest, Math.min);
      this.highest = halved(this.highest, Math.max);
      this.framesPerPart *= 2;
    }
    this.lowest.push(Number.POSITIVE_INFINITY);
    this.highest.push(Number.NEGATIVE_INFINITY);
    this.framesInLast = 0;
  }

  private addToLast(samples: Float32Array, start: number, end: number): void {
    const last = this.lowest.length - 1;
    let low = this.lowest[last]!;
    let high = this.highest[last]!;
    for (let i = start; i < end; i++) {
      const sample = samples[i]!;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    this.lowest[last] = low;
    this.highest[last] = high;
    this.framesInLast += end - start;
  }
}

function halved(values: number[], join: (a: number, b: number) => number): number[] {
  return Array.from({ length: Math.ceil(values.length / 2) }, (_, i) => join(values[2 * i]!, values[2 * i + 1] ?? values[2 * i]!));
}

function asLevel(sample: number): number {
  return Math.max(-127, Math.min(127, Math.round(sample * 127)));
}
