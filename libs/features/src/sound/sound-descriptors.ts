import type { Kernels } from '@earshot/kernels';
import { columnNames, type Extraction, finiteValues } from '../extraction.js';
import { melBank } from '../mel-bank.js';
import { MelDecibels } from '../mel-decibels.js';
import { once } from '../once.js';
import type { PcmSource } from '../pcm-source.js';
import type { SoundProfile } from '../profile.js';
import { framesPerBlock, Spectrogram } from '../spectrogram.js';
import { envelope } from './envelope.js';
import { LoudestFrames } from './loudest-frames.js';
import { lowAndChroma } from './low-and-chroma.js';
import { MelGroups } from './mel-groups.js';
import { MelTimbre } from './mel-timbre.js';
import { pitch } from './pitch.js';
import { soundingPart } from './sounding-part.js';
import { SpectrumShape, shapeRows } from './spectrum-shape.js';
import { WeightedMoments } from './weighted-moments.js';

const coefficients = 20;

/**
 * The entries of `sound-97@1` (sound-columns.ts names them, each file here has its formulas): what one hears when one compares short
 * sounds, each number on a scale on which equal steps sound equally far. Where nothing sounds they are finite, as the formulas say.
 *
 * All means over frames are weighted by √(ΣP) + 1e-6: loud frames count, and not only the loudest.
 */
export function soundDescriptors(kernels: Kernels, clip: PcmSource, profile: SoundProfile, isResident: boolean): Extraction {
  return kernels.arena.scoped(() => {
    const part = soundingPart(kernels, clip, profile.sounding);
    const { cepstrum, spectrum, pitches, levels, decays, contrast } = spectra(kernels, part.source, profile, isResident);
    const { envelope: shape, level } = envelope(kernels, part, profile);
    const { low, chroma } = lowAndChroma(kernels, part.source, profile);
    const values = Float32Array.from([
      ...[cepstrum, spectrum, shape, level, pitches, low, chroma, levels, decays, contrast].flatMap((group) => [...group]),
    ]);
    const columns = columnNames(profile);
    return { profile: profile.id, hash: profile.hash, shape: [values.length], columns, values: finiteValues(profile.id, values, columns) };
  });
}

/** All that comes of the spectrogram of 2048 points, in two passes: the second one knows the loudest band. */
function spectra(kernels: Kernels, signal: PcmSource, profile: SoundProfile, isResident: boolean) {
  const { run, arena } = kernels;
  const { sampleRate, frames, mel: rule, contrast: contrastRule } = profile;
  const { bands } = rule;
  const spectrogram = new Spectrogram(kernels, signal, frames, isResident ? 'blocks' : 'nothing');
  const { binCount, frameCount } = spectrogram;
  const binHz = sampleRate / frames.fftSize;
  const shape = new SpectrumShape(kernels, frames, binHz);
  const mel = new MelDecibels(kernels, bankOf(profile), binCount, rule, isResident);
  const groups = new MelGroups(bands, profile.bandGroups, sampleRate / frames.hopSamples);
  const loudest = new LoudestFrames(kernels, binCount, profile.pitch.loudestFrames);
  const contrastBands = contrastRule.edgesHz.length - 1;
  const edges = arena.takeTable(Uint32Array.from(contrastRule.edgesHz, (hz) => Math.ceil(hz / binHz)));
  const contrasts = arena.take(4 * contrastBands * framesPerBlock);

  const weights = new Float64Array(frameCount);
  const [shapes, flatness, contrast] = [new WeightedMoments(shapeRows), new WeightedMoments(1), new WeightedMoments(contrastBands)];
  const ofFrame = new Float64Array(contrastBands);
  spectrogram.forEachFirst((block) => {
    shape.measure(block);
    mel.survey(block, (powers) => groups.measure(arena.f32(powers, 4 * bands * block.quadCount), block.frameCount));
    loudest.add(block, shape.powers);
    run.quadContrast(block.magnitude, block.quadCount, binCount, edges, contrastBands, contrasts);
    const ofBlock = arena.f32(contrasts, 4 * contrastBands * block.quadCount);
    for (let t = 0; t < block.frameCount; t++) {
      const weight = Math.sqrt(shape.powers[t]!) + 1e-6;
      weights[block.firstFrame + t] = weight;
      shapes.add(weight, shape.values.subarray(shapeRows * t, shapeRows * (t + 1)));
      flatness.add(weight, groups.flatness.subarray(t, t + 1));
      for (let b = 0; b < contrastBands; b++) ofFrame[b] = ofBlock[((t >> 2) * contrastBands + b) * 4 + (t & 3)]!;
      contrast.add(weight, ofFrame);
    }
  });

  const timbre = new MelTimbre(bands, mel.floorDb, mel.floorDb + rule.topDb);
  spectrogram.forEachAgain((block) => {
    const ofBlock = weights.subarray(block.firstFrame, block.firstFrame + block.frameCount);
    timbre.add(arena.f32(mel.at(block), 4 * bands * block.quadCount), ofBlock);
  });

  const means = shapes.means();
  return {
    cepstrum: timbre.cepstrum(coefficients),
    // the crossings come last in the frames' shape, the flatness of the mel bands before them in the profile
    spectrum: [...means.subarray(0, shapeRows - 1), ...flatness.means(), means[shapeRows - 1]!, timbre.onset()],
    pitches: [...pitch(kernels, loudest.spectra(), profile), shape.strongest()],
    levels: groups.levels(),
    decays: groups.decays(),
    contrast: contrast.deviations(),
  };
}

const banks = once(4, (key: string) => {
  const { sampleRate, frames, mel }: Pick<SoundProfile, 'sampleRate' | 'frames' | 'mel'> = JSON.parse(key);
  return melBank(sampleRate, frames.fftSize, mel);
});

function bankOf({ sampleRate, frames, mel }: SoundProfile): Uint32Array {
  return banks(JSON.stringify({ sampleRate, frames, mel }));
}
