import type { explainSounds, SoundExplanation, TaskInput } from '@earshot/contracts';
import type { ScoringModel } from '@earshot/database';
import type { ClipExplanation } from '@earshot/sandbox';

type Map = ClipExplanation['spectrogram'];

/** What is said of a clip that was explained. */
export function explanationOf(
  { probabilities, layers, activations, spectrogram, waveform, durationSeconds, heardSeconds, warnings }: ClipExplanation,
  { labels, classifier, number, id }: ScoringModel,
  { topK, alias }: TaskInput<typeof explainSounds>,
): SoundExplanation {
  const best = [...labels.keys()].toSorted((a, b) => probabilities[b]! - probabilities[a]!).slice(0, topK);
  const predictions = best.map((i) => ({ label: labels[i]!, score: Math.min(1, Math.max(0, probabilities[i]!)) }));
  return {
    label: predictions[0]!.label,
    confidence: predictions[0]!.score,
    predictions,
    model: { classifier, version: number, id, alias },
    durationSeconds,
    heardSeconds,
    layers: layers.map(({ name, channels, map }) => ({ name, channels, ...toldMap(map) })),
    activations: best.map((i) => ({ label: labels[i]!, bias: short(activations[i]!.bias), ...toldMap(activations[i]!.map) })),
    spectrogram: toldMap(spectrogram),
    waveform: { ...waveform, values: Array.from(waveform.values, short) },
    warnings,
  };
}

function toldMap({ bands, frames, values }: Map): { shape: number[]; values: number[][] } {
  const row = (band: number) => Array.from(values.subarray(band * frames, (band + 1) * frames), short);
  return { shape: [bands, frames], values: Array.from({ length: bands }, (_, band) => row(band)) };
}

/** Four digits: a picture needs no more, and all of them would be four times the bytes. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}
