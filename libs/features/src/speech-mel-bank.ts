import { htkToHz, hzToHtk } from './htk.js';
import type { SpeechDefinition } from './speech-profile.js';

/**
 * A mel bank for speech, packed for the kernel `quadMel` (assembly/mel.ts of the kernels).
 *
 *     triangle[b,k] = max(0, min((m(f[k]) − e[b])/(e[b+1] − e[b]), (e[b+2] − m(f[k]))/(e[b+2] − e[b+1])))
 *     weight[b,k]   = triangle[b,k] / Σₖ triangle[b,k] · c[b]/emphasisHz
 *
 * m: Hz to mel; e: bands + 2 points, equally spaced in mel from minHz to maxHz; f[k] = k·sampleRate/fftSize; c[b]: the centre e[b+1] in
 * Hz. The last factor does on bands what pre-emphasis does on samples: power of speech falls with frequency.
 */
export function speechMelBank({ sampleRate, frames, mel }: Pick<SpeechDefinition, 'sampleRate' | 'frames' | 'mel'>): Uint32Array {
  const [lowest, highest] = [hzToHtk(mel.minHz), hzToHtk(mel.maxHz)];
  const gap = (highest - lowest) / (mel.bands + 1);
  const places = Array.from({ length: frames.fftSize / 2 + 1 }, (_, k) => (hzToHtk((k * sampleRate) / frames.fftSize) - lowest) / gap);
  const triangle = (band: number, k: number): number => Math.max(0, Math.min(places[k]! - band, band + 2 - places[k]!));
  const scales = Array.from({ length: mel.bands }, (_, band) => {
    const area = places.reduce((sum, _, k) => sum + triangle(band, k), 0);
    return htkToHz(lowest + (band + 1) * gap) / mel.emphasisHz / area;
  });
  const gaps: number[] = [];
  const weights: number[] = [];
  for (let g = 0, k = 0; g <= mel.bands; g++) {
    while (k < places.length && places[k]! < g) k++;
    const first = k;
    for (; k < places.length && places[k]! < g + 1; k++) {
      weights.push(g < mel.bands ? triangle(g, k) * scales[g]! : 0, g > 0 ? triangle(g - 1, k) * scales[g - 1]! : 0);
    }
    gaps.push(first, k - first);
  }
  const bank = new Uint32Array(gaps.length + weights.length);
  bank.set(gaps);
  new Float32Array(bank.buffer).set(weights, gaps.length);
  return bank;
}
