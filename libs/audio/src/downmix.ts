/** The mean of the channels, as librosa's `to_mono` has it; one channel is handed through. */
export function downmix(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0]!;
  const [left, right] = channels;
  const out = new Float32Array(left!.length);
  if (channels.length === 2) {
    for (let i = 0; i < out.length; i++) out[i] = (left![i]! + right![i]!) * 0.5;
    return out;
  }
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (const samples of channels) sum += samples[i]!;
    out[i] = sum / channels.length;
  }
  return out;
}
