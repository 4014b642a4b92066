import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { extract } from '../extract.js';
import { noise, readClip } from '../golden.fixture.js';
import { pcmInMemory } from '../pcm-source.js';
import { sound97 } from '../profiles.js';

const { sampleRate } = sound97;
const golden = z
  .object({ spread: z.array(z.number()), clips: z.record(z.string(), z.array(z.number())) })
  .parse(JSON.parse(readFileSync(new URL('../../golden/sound.json', import.meta.url), 'utf8')));

function describeSamples(samples: Float32Array, residentBytes?: number): Float32Array {
  return extract([sound97], () => pcmInMemory(samples, sampleRate), residentBytes === undefined ? {} : { residentBytes })[0]!.values;
}

const columns = sound97.output.columns.map(({ name }) => name);
const named = (samples: Float32Array): Record<string, number> => {
  const values = describeSamples(samples);
  return Object.fromEntries(columns.map((name, i) => [name, values[i]!]));
};
const logTime = (seconds: number) => Math.log2(seconds + 0.005);
const tone = (hz: number, seconds: number, level: (s: number) => number) =>
  Float32Array.from({ length: seconds * sampleRate }, (_, i) => level(i / sampleRate) * Math.sin((2 * Math.PI * hz * i) / sampleRate));

describe('the numbers of a sound', () => {
  it('are the golden ones of a clip that is not resampled, within a ten-thousandth of their spread', () => {
    const values = describeSamples(readClip('song-44k-stereo'));
    const off = golden.clips['song-44k-stereo']!.map((expected, i) => Math.abs(values[i]! - expected) / golden.spread[i]!);
    expect(Math.max(...off)).toBeLessThan(1e-4);
  });

  it.each([
    ['silence', new Float32Array(sampleRate)],
    ['one sample', Float32Array.of(0.5)],
    ['a constant', new Float32Array(sampleRate).fill(0.25)],
    ['an impulse', Float32Array.from({ length: sampleRate }, (_, i) => (i === 20_000 ? 1 : 0))],
    ['a very quiet sound', noise(sampleRate, 1e-7)],
  ])('are finite for %s', (_, samples) => {
    const values = describeSamples(samples);
    expect(values.length).toBe(97);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('of silence say that nothing sounds', () => {
    const values = named(new Float32Array(2 * sampleRate));
    expect(values).toMatchObject({ peak_level: -180, rms_level: -180, pitch_strength: 0, peak_share: 0, dc_offset: 0, clipping: 0 });
    expect(values['duration']).toBeCloseTo(logTime(2), 6);
    expect(values['centroid']).toBeCloseTo(Math.log2(20), 6);
    expect(values['flatness']).toBeCloseTo(0, 5);
  });

  it('of a fading tone say when it begins, how high it is and how fast it fades', () => {
    const samples = new Float32Array(2 * sampleRate);
    samples.set(
      tone(441, 1.5, (s) => 0.5 * 10 ** (-2 * s)), // 40 dB a second
      0.5 * sampleRate,
    );
    const values = named(samples);
    expect(values['leading_silence']).toBeCloseTo(logTime(0.5), 2);
    expect(values['strongest']).toBeCloseTo(Math.log2(441), 1);
    expect(values['pitch']! / values['pitch_strength']!).toBeCloseTo(Math.log2(441), 3);
    expect(values['decay_20db']).toBeCloseTo(logTime(0.5), 1);
    expect(values['decay_40db']).toBeCloseTo(logTime(1), 1);
    expect(values['peak_level']).toBeCloseTo(20 * Math.log10(0.5), 0);
    expect(values['half_balance']).toBeLessThan(-10);
  });

  it('tell noise from a tone, and what is clipped from what is not', () => {
    const [hiss, pure] = [named(noise(sampleRate)), named(tone(441, 1, () => 0.5))];
    expect(hiss['flatness']! - pure['flatness']!).toBeGreaterThan(3);
    expect(pure['pitch_strength']! - hiss['pitch_strength']!).toBeGreaterThan(0.5);
    const clipped = tone(441, 1, () => 2).map((value) => Math.max(-1, Math.min(1, value)));
    expect(named(clipped)['clipping']! / pure['clipping']!).toBeGreaterThan(2);
  });

  it('of pitch classes stay when a chord is transposed', () => {
    const chord = (root: number) => {
      const [a, b, c] = [0, 4, 7].map((step) => tone(root * 2 ** (step / 12), 1, () => 0.2));
      return a!.map((value, i) => value + b![i]! + c![i]!);
    };
    const [low, high] = [named(chord(261.6)), named(chord(261.6 * 2 ** (3 / 12)))];
    for (const name of ['interval_3', 'interval_4', 'interval_5', 'chroma_entropy']) expect(low[name]).toBeCloseTo(high[name]!, 1);
    expect(low['interval_4']! - low['interval_6']!).toBeGreaterThan(0.2);
  });

  it('are the same when the spectrogram of a long clip is not kept', () => {
    const samples = noise(5 * sampleRate);
    expect(describeSamples(samples, 0)).toEqual(describeSamples(samples));
  });

  it('are refused where a sample is no number, and where they overflow', () => {
    const broken = noise(sampleRate);
    broken[3] = Number.NaN;
    expect(() => describeSamples(broken)).toThrow('FEATURE_NOT_COMPUTABLE');
    expect(() => describeSamples(noise(sampleRate, 1e30))).toThrow('FEATURE_NOT_COMPUTABLE');
  });
});
