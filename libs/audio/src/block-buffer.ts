/** The arrays of a decoder's blocks: the same memory for each block, as long as none is larger than those before. */
export class BlockBuffer {
  private channels: Float32Array[] = [];

  /** One array a channel, which hold anything. They last until the next call. */
  take(channelCount: number, frameCount: number): Float32Array[] {
    const { channels } = this;
    if (channels.length !== channelCount || channels[0]!.length < frameCount) {
      this.channels = Array.from({ length: channelCount }, () => new Float32Array(frameCount));
      return this.channels;
    }
    return channels[0]!.length === frameCount ? channels : channels.map((samples) => samples.subarray(0, frameCount));
  }
}
