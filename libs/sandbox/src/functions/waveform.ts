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

  /** The mean of the channels is drawn. */
  add(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0;
    for (let i = 0; i < frames; i++) {
      let sum = 0;
      for (const samples of channels) sum += samples[i]!;
      this.addSample(sum / channels.length);
    }
  }

  /** In 1/127 of full scale. */
  get parts(): { lowest: number[]; highest: number[] } {
    const isTooMany = this.lowest.length > waveformParts;
    const [lowest, highest] = isTooMany ? [halved(this.lowest, Math.min), halved(this.highest, Math.max)] : [this.lowest, this.highest];
    return { lowest: lowest.map(asLevel), highest: highest.map(asLevel) };
  }

  private addSample(sample: number): void {
    const last = this.lowest.length - 1;
    if (last >= 0 && this.framesInLast < this.framesPerPart) {
      if (sample < this.lowest[last]!) this.lowest[last] = sample;
      if (sample > this.highest[last]!) this.highest[last] = sample;
      this.framesInLast += 1;
      return;
    }
    if (this.lowest.length === 2 * waveformParts) {
      this.lowest = halved(this.lowest, Math.min);
      this.highest = halved(this.highest, Math.max);
      this.framesPerPart *= 2;
    }
    this.lowest.push(sample);
    this.highest.push(sample);
    this.framesInLast = 1;
  }
}

function halved(values: number[], join: (a: number, b: number) => number): number[] {
  return Array.from({ length: Math.ceil(values.length / 2) }, (_, i) => join(values[2 * i]!, values[2 * i + 1] ?? values[2 * i]!));
}

function asLevel(sample: number): number {
  return Math.max(-127, Math.min(127, Math.round(sample * 127)));
}
