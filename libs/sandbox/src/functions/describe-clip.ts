import type { Description } from '@earshot/contracts';
import { decodeClip } from '../decoding/decode-clip.js';
import type { FunctionContext } from '../pool/function-table.js';
import type { ClipFile } from './functions.js';
import { LevelMeter } from './level-meter.js';

/** Decodes a clip and says what can be said of it without any model. */
export async function describeClip({ path }: ClipFile, context: FunctionContext): Promise<Description> {
  const { decoded, receiver: meter } = await decodeClip(path, () => new LevelMeter(), context);
  const { format, decoder, sampleRate, channels, frames } = decoded;
  return {
    format,
    decoder,
    durationSeconds: frames / sampleRate,
    sampleRate,
    channels,
    frames,
    peak: meter.peak,
    rms: meter.rms,
    leadingSilenceSeconds: meter.leadingSilentFrames / sampleRate,
    trailingSilenceSeconds: meter.trailingSilentFrames / sampleRate,
  };
}
