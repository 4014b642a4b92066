// What clients of the old system of environmental sounds send and are answered: its own names.
import { z } from 'zod';

export const soundInferenceRequest = z
  .strictObject({
    audio_data: z
      .string()
      .min(1)
      .meta({ description: 'The bytes of a WAV file (or any other format that is known), as base64', contentEncoding: 'base64' }),
  })
  .meta({ id: 'SoundInferenceRequest' });

const map = z.object({
  shape: z.array(z.int().positive()).length(2).meta({ description: '[bands, frames]' }),
  values: z.array(z.array(z.number())),
});

export const soundInference = z
  .object({
    predictions: z
      .array(z.object({ class: z.string(), confidence: z.number().min(0).max(1) }))
      .meta({ description: 'The three most probable' }),
    visualization: z.record(z.string(), map).meta({ description: 'By the name of a layer: the mean over its channels' }),
    class_activation: z.record(z.string(), map).meta({ description: 'Of each class that is told: how much each place speaks for it' }),
    input_spectrogram: map.meta({ description: 'Mel bands in dB' }),
    waveform: z.object({ values: z.array(z.number()), sample_rate: z.int().positive(), duration: z.number().nonnegative() }),
  })
  .meta({ id: 'SoundInference' });

export type SoundInference = z.output<typeof soundInference>;
