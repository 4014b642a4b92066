import { types } from 'node:util';
import type { Description } from '@earshot/contracts';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { type ClipFile, lendClip } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import { clipDescription } from './describe-clip.js';
import type { SpectrogramImage } from './draw-spectrogram.js';

export interface DrawnClip {
  description: Description;
  spectrogram: SpectrogramImage;
}

/** Decodes a clip once, describes it and draws its spectrogram. */
export const describeAndDrawClip = defineFunction<ClipFile, DrawnClip>({
  lend: lendClip,
  limits: ({ sizeBytes }) => clipLimits(sizeBytes),
  output: z.object({
    description: clipDescription,
    // Not `instanceof`: what was unpacked need not come from the realm of this module.
    spectrogram: z.object({ png: z.custom<Uint8Array>(types.isUint8Array), width: z.int().positive(), height: z.int().positive() }),
  }),
  async run({ path }, context) {
    const [{ decodeClip }, { ClipPcm }, { ClipSpool }, { SpoolRoom }, { drawSpectrogram, spectrogramSampleRate }, { ClipMeter }] =
      await Promise.all([
        import('../decoding/decode-clip.js'),
        import('../decoding/clip-pcm.js'),
        import('../decoding/clip-spool.js'),
        import('../decoding/spool-room.js'),
        import('./draw-spectrogram.js'),
        import('./clip-meter.js'),
      ]);
    const room = new SpoolRoom(path);
    const newReceiver = () => {
      const meter = new ClipMeter();
      const pcm = new ClipPcm([spectrogramSampleRate], () => new ClipSpool(context.workingFolder, room));
      return {
        meter,
        pcm,
        add(channels: readonly Float32Array[], sampleRate: number) {
          meter.add(channels);
          pcm.add(channels, sampleRate);
        },
      };
    };
    const { decoded, receiver } = await decodeClip(path, newReceiver, context);
    const { meter, pcm } = receiver;
    try {
      pcm.end();
      return { description: meter.describe(decoded), spectrogram: drawSpectrogram(pcm.at(spectrogramSampleRate)) };
    } finally {
      pcm.close();
    }
  },
});
