import type { SoundExplanation, SoundInference } from '@earshot/contracts';

/** In the old system's words. */
export function soundInferenceOf({ predictions, layers, activations, spectrogram, waveform }: SoundExplanation): SoundInference {
  return {
    predictions: predictions.map(({ label, score }) => ({ class: label, confidence: score })),
    visualization: Object.fromEntries(layers.map(({ name, shape, values }) => [name, { shape, values }])),
    class_activation: Object.fromEntries(activations.map(({ label, shape, values }) => [label, { shape, values }])),
    input_spectrogram: spectrogram,
    waveform: { values: waveform.values, sample_rate: waveform.sampleRate, duration: waveform.durationSeconds },
  };
}
