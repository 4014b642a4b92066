import type { Description } from '@earshot/contracts';
import { ClipPcm } from '../decoding/clip-pcm.js';
import { ClipSpool } from '../decoding/clip-spool.js';
import { decodeClip } from '../decoding/decode-clip.js';
import type { FunctionContext } from '../pool/function-table.js';
import type { ClipFile } from './clip-file.js';
import { Portrait } from './describe-clip.js';
import { drawSpectrogram, type SpectrogramImage, spectrogramSampleRate } from './draw-spectrogram.js';

export interface ClipPortrait {
  description: Description;
  spectrogram: SpectrogramImage;
}

/** Decodes a clip once, describes it and draws its spectrogram. */
export async function portrayClip({ path }: ClipFile, context: FunctionContext): Promise<ClipPortrait> {
  const newReceiver = () => {
    const portrait = new Portrait();
    const pcm = new ClipPcm([spectrogramSampleRate], () => new ClipSpool(context.workingFolder));
    return {
      portrait,
      pcm,
      add(channels: readonly Float32Array[], sampleRate: number) {
        portrait.add(channels);
        pcm.add(channels, sampleRate);
      },
    };
  };
  const { decoded, receiver } = await decodeClip(path, newReceiver, context);
  const { portrait, pcm } = receiver;
  try {
    pcm.end();
    return { description: portrait.describe(decoded), spectrogram: drawSpectrogram(pcm.at(spectrogramSampleRate)) };
  } finally {
    pcm.close();
  }
}
