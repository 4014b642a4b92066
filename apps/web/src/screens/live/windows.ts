/** Cuts sound that comes in blocks into windows of a length, one each `hopSamples`; the first when so much has come. */
export class Windows {
  private readonly ring: Float32Array<ArrayBuffer>;
  private sampleCount = 0;
  private nextCut: number;

  constructor(
    windowSamples: number,
    private readonly hopSamples: number,
    private readonly onWindow: (samples: Float32Array<ArrayBuffer>) => void,
  ) {
    this.ring = new Float32Array(windowSamples);
    this.nextCut = windowSamples;
  }

  push(block: Float32Array): void {
    for (const sample of block) {
      this.ring[this.sampleCount++ % this.ring.length] = sample;
      if (this.sampleCount < this.nextCut) continue;
      this.onWindow(this.latest());
      this.nextCut += this.hopSamples;
    }
  }

  private latest(): Float32Array<ArrayBuffer> {
    const start = this.sampleCount % this.ring.length;
    const window = new Float32Array(this.ring.length);
    window.set(this.ring.subarray(start));
    window.set(this.ring.subarray(0, start), this.ring.length - start);
    return window;
  }
}
