import { readFileSync } from 'node:fs';
import { trim } from '../trim.js';
import { augment } from './augment.js';
import { shiftPitch } from './shift-pitch.js';
import { stretchTime } from './stretch-time.js';

interface Stretch {
  length: number;
  start: number;
  values: number[];
}
interface Reference {
  samples: number;
  sampleRate: number;
  stretch: (Stretch & { rate: number })[];
  pitch: (Stretch & { semitones: number })[];
  trim: { topDb: number; bounds: [number, number] }[];
}
const golden: Reference = JSON.parse(readFileSync(new URL('../../golden/augmentation.json', import.meta.url), 'utf8'));

/** The gliding tones of golden/make-augmentation.py. */
const clip = Float32Array.from({ length: golden.samples }, (_, i) => {
  const t = i / golden.sampleRate;
  return 0.4 * Math.sin(2 * Math.PI * (220 * t + 150 * t * t)) + 0.2 * Math.sin(2 * Math.PI * (1330 * t - 90 * t * t));
});

function errorOfRms(actual: Float32Array, { start, values }: Stretch): number {
  const power = values.reduce((sum, value) => sum + value * value, 0);
  const error = values.reduce((sum, value, i) => sum + (actual[start + i]! - value) ** 2, 0);
  return Math.sqrt(error / power);
}

const crossings = (samples: Float32Array): number =>
  samples.reduce((count, value, i) => count + (i > 0 && value >= 0 !== samples[i - 1]! >= 0 ? 1 : 0), 0);
const tone = Float32Array.from({ length: 22_050 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / 22_050));

describe('time stretching', () => {
  it.each(golden.stretch)('agrees with librosa at rate $rate', ({ rate, ...reference }) => {
    const out = stretchTime(clip, rate);
    expect(out.length).toBe(Math.round(clip.length / rate));
    expect(errorOfRms(out, reference)).toBeLessThan(1e-3);
  });

  it('keeps the pitch', () => {
    const out = stretchTime(tone, 0.8);
    expect(out.length).toBe(27_563);
    expect(crossings(out) / out.length).toBeCloseTo(crossings(tone) / tone.length, 3);
  });
});

describe('pitch shifting', () => {
  it.each(golden.pitch)('agrees with librosa by $semitones semitones', ({ semitones, ...reference }) => {
    const out = shiftPitch(clip, semitones);
    expect(out.length).toBe(clip.length);
    expect(errorOfRms(out, reference)).toBeLessThan(2e-3);
  });

  it('raises a tone by an octave', () => expect(crossings(shiftPitch(tone, 12)) / crossings(tone)).toBeCloseTo(2, 1));
});

describe('trimming', () => {
  const padded = new Float32Array(3000 + clip.length + 5000);
  padded.set(clip, 3000);

  it.each(golden.trim)('agrees with librosa at $topDb dB', ({ topDb, bounds: [start, end] }) => {
    const out = trim(padded, topDb);
    expect([out.byteOffset / 4, out.byteOffset / 4 + out.length]).toEqual([start, end]);
  });

  it('keeps silence whole', () => expect(trim(new Float32Array(5000)).length).toBe(5000));
});

describe('augmenting', () => {
  const everything = { stretch: [0.9, 1.1], semitones: [-2, 2], noise: 0.005 } as const;

  it('is the same for the same seed', () => expect(augment(clip, everything, 7)).toEqual(augment(clip, everything, 7)));
  it('differs with the seed', () => expect(augment(clip, everything, 7)).not.toEqual(augment(clip, everything, 8)));
  it('adds noise of the level that was asked for', () => {
    const noise = augment(new Float32Array(50_000), { noise: 0.005 }, 1);
    expect(Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length)).toBeCloseTo(0.005, 4);
  });
  it('leaves the clip as it was', () => {
    const copy = clip.slice();
    augment(clip, everything, 3);
    expect(clip).toEqual(copy);
  });
});
