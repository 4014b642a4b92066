import { Random } from '../../random.js';
import { normal, varied } from '../synthesis/patch.js';
import { type Layer, render, synthesisRate } from '../synthesis/synthesizer.js';
import { families } from './families.js';

/** One sound of the synthetic library: which preset of which family it is a variant of. */
export interface SyntheticSound {
  family: number;
  preset: number;
  samples: Float32Array;
}

/** How far a variant's knobs are from its preset's, as the deviation of their logarithm. */
const spread = 0.06;
const presetStride = 1009;

/**
 * `presets` of each family, `variants` of each preset. Each sound depends on the seed and its own numbers alone: more presets add to the
 * library and change none of it.
 */
export function* syntheticSounds(seed: number, presets: number, variants: number): Generator<SyntheticSound> {
  for (let family = 0; family < families.length; family++) {
    for (let p = 0; p < presets; p++) {
      for (let v = 0; v < variants; v++) yield syntheticSound(seed, family, p, v);
    }
  }
}

export function syntheticSound(seed: number, family: number, p: number, v: number): SyntheticSound {
  const preset = family + families.length * p;
  const own = seed * 1_000_003 + preset * presetStride;
  return { family, preset, samples: variant(families[family]!.draw(new Random(own)), own + 1 + v) };
}

/** The same sound again, with every knob moved a little, at another level, and sometimes after a silence. */
function variant(layers: readonly Layer[], seed: number): Float32Array {
  const random = new Random(seed);
  const moved = layers.map(({ patch, notes, gain = 1 }) => ({
    patch: varied(patch, random, spread),
    notes,
    gain: gain * Math.exp(spread * normal(random)),
  }));
  const sound = render(moved, random.below(2 ** 31), { peak: Math.min(1, 0.8 * Math.exp(0.25 * normal(random))) });
  const silence = random.next() < 0.25 ? Math.round(random.between(0, 0.05) * synthesisRate) : 0;
  const samples = new Float32Array(silence + sound.length);
  samples.set(sound, silence);
  return samples;
}
