/** One channel of samples that can be read in any order and more than once: an array, or a file that a decoder filled. */
export interface PcmSource {
  readonly sampleRate: number;
  readonly sampleCount: number;
  /**
   * Fills `target` with the samples from `start` on. All of them exist: the caller stays between 0 and `sampleCount`. `target` may lie in
   * the kernels' memory, so that `read` must not run kernels itself.
   */
  read(start: number, target: Float32Array): void;
}

/** Samples that are in memory. */
export function pcmInMemory(samples: Float32Array, sampleRate: number): PcmSource {
  return {
    sampleRate,
    sampleCount: samples.length,
    read: (start, target) => target.set(samples.subarray(start, start + target.length)),
  };
}

/** Like `read`, but `start` may be negative and the end lie past the last sample: outside there are zeros. */
export function readPadded(source: PcmSource, start: number, target: Float32Array): void {
  const first = Math.min(Math.max(0, -start), target.length);
  const end = Math.max(first, Math.min(target.length, source.sampleCount - start));
  target.fill(0, 0, first);
  if (end > first) source.read(start + first, target.subarray(first, end));
  target.fill(0, end);
}

/** The first `sampleCount` samples; a shorter source is followed by zeros. */
export function exactly(source: PcmSource, sampleCount: number): PcmSource {
  return { sampleRate: source.sampleRate, sampleCount, read: (start, target) => readPadded(source, start, target) };
}
