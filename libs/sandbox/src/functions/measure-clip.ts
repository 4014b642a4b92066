import { types } from 'node:util';
import { type ClipMeasures, clipMeasures } from '@earshot/contracts';
import { z } from 'zod';
import { defineFunction } from '../pool/define-function.js';
import { type ClipFile, lendClip } from './clip-file.js';
import { clipLimits } from './clip-limits.js';

export interface MeasuredClip {
  measures: ClipMeasures;
  /** Of the samples, whatever file they came in. */
  audioSha256: string;
  /** By which copies are recognised; null where nothing sounds. */
  print: Int8Array | null;
}

/** Decodes a clip once and measures what a dataset is checked for. */
export const measureClip = defineFunction<ClipFile, MeasuredClip>({
  lend: lendClip,
  limits: ({ sizeBytes }) => clipLimits(sizeBytes),
  output: z.object({
    measures: clipMeasures,
    audioSha256: z.string().regex(/^[0-9a-f]{64}$/),
    // Not `instanceof`: what was unpacked need not come from the realm of this module.
    print: z.custom<Int8Array>(types.isInt8Array).nullable(),
  }),
  async run({ path }, context) {
    const [{ decodeClip }, { ClipPcm }, { ClipSpool }, { SpoolRoom }, { LevelMeter }, { FaultMeter }, features] = await Promise.all([
      import('../decoding/decode-clip.js'),
      import('../decoding/clip-pcm.js'),
      import('../decoding/clip-spool.js'),
      import('../decoding/spool-room.js'),
      import('./level-meter.js'),
      import('./fault-meter.js'),
      import('@earshot/features'),
    ]);
    const room = new SpoolRoom(path);
    const newReceiver = () => {
      const [levels, faults] = [new LevelMeter(), new FaultMeter()];
      const pcm = new ClipPcm([features.soundPrintRate], () => new ClipSpool(context.workingFolder, room));
      return {
        levels,
        faults,
        pcm,
        add(channels: readonly Float32Array[], sampleRate: number) {
          levels.add(channels);
          faults.add(channels);
          pcm.add(channels, sampleRate);
        },
      };
    };
    const { decoded, receiver } = await decodeClip(path, newReceiver, context);
    const { levels, faults, pcm } = receiver;
    try {
      pcm.end();
      const { dcOffset, clippedShare } = faults;
      const durationSeconds = decoded.frames / decoded.sampleRate;
      return {
        measures: { durationSeconds, peak: levels.peak, rms: levels.rms, dcOffset, clippedShare },
        audioSha256: faults.audioSha256(decoded.sampleRate),
        print: features.soundPrint(pcm.at(features.soundPrintRate)),
      };
    } finally {
      pcm.close();
    }
  },
});
