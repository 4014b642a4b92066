import { z } from 'zod';
import { defineTask } from '../task.js';
import { clipErrors } from './clip-errors.js';

const seconds = (description: string) => z.number().nonnegative().meta({ description });

const level = z.int().min(-127).max(127);

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
  waveform: z.object({ lowest: z.array(level), highest: z.array(level) }).meta({
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

export type Description = z.output<typeof description>;
