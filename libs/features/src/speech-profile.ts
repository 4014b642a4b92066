import { z } from 'zod';
import { htkToHz, hzToHtk } from './htk.js';

// The second kind of profile: a front end for spoken words, of which a network hears the sounds and not the room, the silence around them,
// or whatever the recording has above the telephone band.

/** Everything a speech profile's numbers depend on, but for the code; hashed as it stands here. */
export const speechDefinition = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
    version: z.int().positive(),
    sampleRate: z.int().min(4000).max(48_000),
    channels: z.literal('mean'),
    resampler: z.literal('soxr-hq'),
    longestSeconds: z.number().min(0.1).max(120).meta({ description: 'Of a longer clip, the first so many seconds' }),
    trim: z
      .strictObject({
        quietDb: z.number().positive().max(200).meta({ description: 'A clip whose floor is not this far below its peak is left whole' }),
        rangeDb: z.number().positive().max(200).meta({ description: 'Frames this far below the peak are silent' }),
        aboveFloorDb: z.number().min(0).max(200).meta({ description: 'Frames less than this above the floor are silent' }),
        belowPeakDb: z.number().positive().max(200).meta({ description: 'Frames less than this below the peak are not silent' }),
        bridgeFrames: z.int().min(0).max(1000).meta({ description: 'Silence up to this long is kept within a word' }),
        marginFrames: z.int().min(0).max(1000).meta({ description: 'Kept before the first and after the last frame that is not silent' }),
      })
      .meta({ description: 'Keeps the word around the loudest frame, by the energies of the differenced signal' }),
    frames: z.strictObject({
      windowSamples: z.int().min(32).max(16_384),
      fftSize: z
        .int()
        .min(64)
        .max(16_384)
        .refine((size) => Number.isInteger(Math.log2(size)), 'must be a power of two'),
      hopSamples: z.int().min(4).max(8192),
      window: z.literal('hann'),
      padding: z.literal('none'),
    }),
    mel: z.strictObject({
      bands: z.int().min(2).max(128),
      minHz: z.number().min(0),
      maxHz: z.number().positive(),
      scale: z.literal('htk'),
      area: z.literal('one').meta({ description: "Each band's weights sum to 1" }),
      emphasisHz: z.number().positive().meta({ description: 'A band of centre f is multiplied by f over this' }),
    }),
    output: z.strictObject({
      kind: z.literal('matrix'),
      of: z.strictObject({ feature: z.literal('mel-power') }),
      frames: z.literal(null).meta({ description: 'All there are after trimming' }),
    }),
  })
  .superRefine(({ frames, mel, sampleRate }, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (frames.windowSamples > frames.fftSize) fault(['frames', 'windowSamples'], 'must not exceed fftSize');
    if (frames.hopSamples > frames.windowSamples) fault(['frames', 'hopSamples'], 'must not exceed windowSamples');
    if (mel.maxHz > sampleRate / 2) fault(['mel', 'maxHz'], 'must not exceed half of sampleRate');
    if (mel.minHz >= mel.maxHz) return fault(['mel', 'minHz'], 'must be below maxHz');
    const [lowest, highest] = [hzToHtk(mel.minHz), hzToHtk(mel.maxHz)];
    const firstBandHz = htkToHz(lowest + (2 * (highest - lowest)) / (mel.bands + 1)) - mel.minHz;
    if (firstBandHz <= sampleRate / frames.fftSize) fault(['mel', 'bands'], 'are so many that the lowest has no bin of the FFT');
  });

export type SpeechDefinition = z.output<typeof speechDefinition>;
