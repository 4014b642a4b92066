import { decode } from '@earshot/audio';
import type { Description } from '@earshot/contracts';
import { decodeLimits } from './decode-limits.js';
import type { ClipFile } from './functions.js';
import { LevelMeter } from './level-meter.js';
import { readInPieces } from './read-in-pieces.js';

/** Decodes a clip and says what can be said of it without any model. */
export async function describeClip({ path }: ClipFile): Promise<Description> {
  const meter = new LevelMeter();
  const { format, decoder, sampleRate, channels, frames } = await decode(
    readInPieces(path),
    (block) => meter.add(block.channels),
    decodeLimits,
  );
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
