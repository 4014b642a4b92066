import { MonoMix } from '../decoding/mono-mix.js';

/** Parts of a drawn waveform, at most. */
export const waveformParts = 128;

/**
 * The lowest and the highest sample of equal parts of a clip whose length is not known before its end: when there are twice as
 * many parts as wanted, neighbours are joined, and each part is twice as long from then on.
 */
export class Waveform {
  private readonly lowest = new Float32Array(2 * waveformParts);
  private readonly highest = new Float32Array(2 * waveformParts);
  private count = 0;
  private framesPerPart = 1;
  private framesInLast = 0;
  private readonly mix = new MonoMix();

  /** The mean of the channels is drawn. */
  add(channels: readonly Float32Array[]): void {
    const samples = this.mix.of(channels);
    for (let start = 0; start < samples.length; ) {
      if (this.count === 0 || this.framesInLast === this.framesPerPart) this.openPart();
      const end = Math.min(samples.length, start + this.framesPerPart - this.framesInLast);
      this.addToLast(samples, start, end);
      start = end;
    }
  }

  /** In 1/127 of full scale. */
  get parts(): { lowest: number[]; highest: number[] } {
    if (this.count > waveformParts) this.joinNeighbours();
    const levels = (values: Float32Array) => Array.from(values.subarray(0, this.count), asLevel);
    return { lowest: levels(this.lowest), highest: levels(this.highest) };
  }

  private openPart(): void {
    if (this.count === 2 * waveformParts) this.joinNeighbours();
    this.lowest[this.count] = Number.POSITIVE_INFINITY;
    this.highest[this.count] = Number.NEGATIVE_INFINITY;
    this.count++;
    this.framesInLast = 0;
  }

  private addToLast(samples: Float32Array, start: number, end: number): void {
    const last = this.count - 1;
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

  /** A last one that has no neighbour stays alone: it is as long as it was, and may still grow. */
  private joinNeighbours(): void {
    const { lowest, highest, count } = this;
    for (let i = 0; 2 * i < count; i++) {
      const next = Math.min(2 * i + 1, count - 1);
      lowest[i] = Math.min(lowest[2 * i]!, lowest[next]!);
      highest[i] = Math.max(highest[2 * i]!, highest[next]!);
    }
    if (count % 2 === 0) this.framesInLast += this.framesPerPart;
    this.count = Math.ceil(count / 2);
    this.framesPerPart *= 2;
  }
}

function asLevel(sample: number): number {
  return Math.max(-127, Math.min(127, Math.round(sample * 127)));
}
