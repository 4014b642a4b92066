import { z } from 'zod';
import { eachChunk } from '../job.js';
import { defineKind } from '../kind.js';
import { defineTask } from '../task.js';
import { clipErrors, clipWarnings } from './clip-errors.js';

const seconds = (description: string) => z.number().nonnegative().meta({ description });

/** Of a drawn waveform. */
const fullScale = 127;

/** Checked in one pass: element by element zod takes 10 µs for the 256 levels of a description. */
const levels = z
  .custom<number[]>(isLevels, `must be whole numbers from ${-fullScale} to ${fullScale}`)
  .meta({ type: 'array', items: { type: 'integer', minimum: -fullScale, maximum: fullScale } });

/** Under which a drawn spectrogram is kept; a change to the drawing needs a new version. */
export const spectrogramRecipe = 'spectrogram@1';

/** What can be said of a sound without any model. */
export const description = z.object({
  format: z.string().meta({ description: 'Container and coding of the file, for example `wav/pcm16`' }),
  decoder: z.string().meta({ description: 'The decoder that read the file' }),
  durationSeconds: seconds('Decoded length'),
  sampleRate: z.int().positive().meta({ description: 'Samples per second and channel' }),
  channels: z.int().positive(),
  frames: z.int().nonnegative().meta({ description: 'Samples per channel' }),
  peak: z.number().nonnegative().meta({ description: 'Largest absolute sample of any channel; 1 is full scale' }),
  rms: z.number().nonnegative().meta({ description: 'Root of the mean square over all samples of all channels' }),
  leadingSilenceSeconds: seconds('Time before the first sample above −60 dB of full scale'),
  trailingSilenceSeconds: seconds('Time after the last sample above −60 dB of full scale'),
  warnings: clipWarnings,
  waveform: z.object({ lowest: levels, highest: levels }).meta({
    description:
      'For display: the lowest and the highest sample (mean of the channels) of up to 128 equal parts of the clip, in 1/127 of full scale',
  }),
});

export const describeClips = defineTask({
  name: 'clips.describe',
  queue: 'extract',
  summary: 'Decodes one chunk of clips and measures each: a description or an error for each clip',
  input: z.strictObject({
    spectrogram: z
      .boolean()
      .optional()
      .meta({ description: 'Also draw the spectrogram, for /api/v1/clips/{clipId}/spectrogram; false by default' }),
  }),
  itemResult: description,
  itemErrors: clipErrors,
  errors: [],
});

/** Measures clips. */
export const describeJob = defineKind({
  kind: 'describe',
  route: 'descriptions',
  noun: 'Description',
  summary: 'Measures clips: duration, sample rate, channels, peak, RMS, silence at both ends',
  description: 'What can be said of a sound without any model, a waveform to draw, and the picture of a spectrogram where it is asked for.',
  over: 'clips',
  input: describeClips.input,
  stages: [eachChunk(describeClips, { items: 128, fewest: 32 })],
  example: {
    input: { spectrogram: true },
    item: {
      format: 'wav/pcm16',
      decoder: 'earshot-wav',
      durationSeconds: 1,
      sampleRate: 22_050,
      channels: 1,
      frames: 22_050,
      peak: 0.5,
      rms: 0.3535,
      leadingSilenceSeconds: 0,
      trailingSilenceSeconds: 0.002,
      warnings: [],
      waveform: { lowest: [-64, -32], highest: [64, 32] },
    },
  },
});

export type Description = z.output<typeof description>;

function isLevels(value: unknown): boolean {
  return Array.isArray(value) && value.every((level) => Number.isInteger(level) && level >= -fullScale && level <= fullScale);
}
