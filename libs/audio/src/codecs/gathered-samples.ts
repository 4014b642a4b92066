/** Samples that come bit by bit out of a codec's memory, one after the other in ours, which is used again for the next block. */
export class GatheredSamples {
  length = 0;
  private room: Float32Array[] = [];

  clear(): void {
    this.length = 0;
  }

  /** Copies what the codec gave: an array a channel. */
  add(pieces: readonly Float32Array[]): void {
    const end = this.length + (pieces[0]?.length ?? 0);
    if (this.room.length !== pieces.length || this.room[0]!.length < end) this.makeRoom(pieces.length, end);
    for (let c = 0; c < pieces.length; c++) this.room[c]!.set(pieces[c]!, this.length);
    this.length = end;
  }

  /** All since `clear`. They last until the next `add`. */
  channels(): Float32Array[] {
    return this.room.map((samples) => samples.subarray(0, this.length));
  }

  private makeRoom(channelCount: number, frameCount: number): void {
    this.room = Array.from({ length: channelCount }, (_, c) => {
      const larger = new Float32Array(2 * frameCount);
      larger.set(this.room[c]?.subarray(0, this.length) ?? []);
      return larger;
    });
  }
}
