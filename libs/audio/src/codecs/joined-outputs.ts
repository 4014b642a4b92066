import type { CodecOutput } from './codec-decoder.js';

/** What a codec gave for a piece in parts. */
export function joinedOutputs(outputs: readonly CodecOutput[]): CodecOutput {
  if (outputs.length === 1) return outputs[0]!;
  const samplesDecoded = outputs.reduce((sum, output) => sum + output.samplesDecoded, 0);
  const channelCount = outputs[0]?.channelData.length ?? 0;
  const channelData = Array.from({ length: channelCount }, (_, c) => {
    const samples = new Float32Array(samplesDecoded);
    let at = 0;
    for (const { channelData } of outputs) {
      samples.set(channelData[c]!, at);
      at += channelData[c]!.length;
    }
    return samples;
  });
  return { channelData, samplesDecoded, sampleRate: outputs[0]?.sampleRate ?? 0, errors: outputs.flatMap(({ errors }) => errors) };
}
