/**
 * The mean of the channels, as librosa's `to_mono` has it; one channel is handed through. `out`, which may be longer than they are,
 * receives it; default: an array of its own.
 */
export function downmix(channels: readonly Float32Array[], out?: Float32Array): Float32Array {
  const [left, right] = channels;
  const { length } = left!;
  if (channels.length === 1) return left!;
  const mean = out === undefined ? new Float32Array(length) : out.length === length ? out : out.subarray(0, length);
  if (channels.length === 2) {
    for (let i = 0; i < length; i++) mean[i] = (left![i]! + right![i]!) * 0.5;
    return mean;
  }
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (const samples of channels) sum += samples[i]!;
    mean[i] = sum / channels.length;
  }
  return mean;
}
