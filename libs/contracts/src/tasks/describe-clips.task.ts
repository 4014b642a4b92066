import { z } from 'zod';
import { defineTask } from '../task.js';

const seconds = (description: string) => z.number().nonnegative().meta({ description });

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
});

export const describeClips = defineTask({
  name: 'clips.describe',
  queue: 'extract',
  summary: 'Decodes one chunk of clips and measures each: a description or an error for each clip',
  input: z.strictObject({}),
  itemResult: description,
  itemErrors: [
    'AUDIO_EMPTY',
    'AUDIO_FORMAT_UNKNOWN',
    'AUDIO_UNREADABLE',
    'AUDIO_OUT_OF_RANGE',
    'AUDIO_TOO_LONG',
    'AUDIO_TOO_SLOW',
    'MEMORY_EXCEEDED',
    'SANDBOX_CRASHED',
    'CLIP_DELETED',
  ],
  errors: [],
});

export type Description = z.output<typeof description>;
