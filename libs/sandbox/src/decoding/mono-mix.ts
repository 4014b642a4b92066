import { downmix } from '@earshot/audio';

/** The mean of the channels of one block after the other, in memory that the next block uses again. */
export class MonoMix {
  private memory = new Float32Array(0);

  of(channels: readonly Float32Array[]): Float32Array {
    const frameCount = channels[0]?.length ?? 0;
    if (this.memory.length < frameCount && channels.length > 1) this.memory = new Float32Array(frameCount);
    return downmix(channels, this.memory);
  }
}
