import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { extract } from './extract.js';
import { noise, readClip } from './golden.fixture.js';
import { pcmInMemory } from './pcm-source.js';
import { defineProfile } from './profile.js';
import { speech40 } from './profiles.js';
import { wordInterval } from './speech-trim.js';

const { id: _id, hash: _hash, ...definition } = speech40;
const second = 8000;

/** By golden/make_speech_golden.py. */
const golden = z
  .record(
    z.string(),
    z.object({
      clip: z.string(),
      amid: z.boolean(),
      word: z.array(z.number()),
      shape: z.array(z.number()),
      sum: z.number(),
      columns: z.record(z.string(), z.array(z.number())),
    }),
  )
  .parse(JSON.parse(readFileSync(fileURLToPath(new URL('../golden/speech.json', import.meta.url)), 'utf8')));

const power = (samples: Float32Array) => extract([speech40], () => pcmInMemory(samples, second))[0]!;

function amidNoise(word: Float32Array, amplitude = 1e-4): Float32Array {
  const samples = noise(3 * second, amplitude);
  for (let i = 0; i < word.length; i++) samples[second + i]! += word[i]!;
  return samples;
}

function withoutMean(samples: Float32Array): Float32Array {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  return samples.map((value) => value - mean);
}

describe.each(Object.entries(golden))('the power of the word in %s', (_, { clip, amid, word, shape, sum, columns }) => {
  const samples = amid ? amidNoise(readClip(clip)) : readClip(clip);
  const ours = power(samples);

  it('is that of the same samples', () => {
    const { start, end } = wordInterval(withoutMean(samples), speech40);
    expect([start, end]).toEqual(word);
    expect(ours.shape).toEqual(shape);
  });

  it('is the same within 0.01 % of the loudest band', () => {
    const [bands = 0, frames = 0] = shape;
    expect(ours.values.reduce((total, value) => total + value, 0) / sum).toBeCloseTo(1, 5);
    for (const [frame, column] of Object.entries(columns)) {
      const loudest = Math.max(...column);
      for (let b = 0; b < bands; b++) {
        expect(Math.abs(ours.values[b * frames + Number(frame)]! - column[b]!)).toBeLessThan(1e-4 * loudest);
      }
    }
  });
});

describe('the word of a clip', () => {
  const tone = Float32Array.from({ length: second / 2 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 1000 * i) / second));

  it('is found in silence', () => {
    const samples = new Float32Array(3 * second);
    samples.set(tone, second);
    const { start, end } = wordInterval(samples, speech40);
    expect(start).toBeGreaterThan(0.9 * second);
    expect(start).toBeLessThan(second);
    expect(end).toBeGreaterThan(1.5 * second);
    expect(end).toBeLessThan(1.6 * second);
  });
  it('is all of a clip without silence', () => expect(wordInterval(tone, speech40)).toEqual({ start: 0, end: tone.length }));
  it('is all of digital silence, whose power is 0', () => {
    expect(power(new Float32Array(second)).values.every((value) => value === 0)).toBe(true);
  });
  it('leaves out a second word that follows after a longer pause than there is in words', () => {
    const samples = new Float32Array(3 * second);
    samples.set(tone, 0);
    samples.set(
      tone.map((value) => value / 2),
      2 * second,
    );
    expect(wordInterval(samples, speech40).end).toBeLessThan(0.7 * second);
  });
  it('may have any length', () => {
    const lengths = Array.from({ length: 200 }, (_, i) => 150 + 7 * i);
    expect(lengths.map((length) => power(noise(length)).shape[1])).toEqual(
      lengths.map((length) => Math.max(1, 1 + Math.floor((length - 200) / 96))),
    );
  });
  it('may be shorter than a window', () => expect(power(tone.subarray(0, 50)).shape).toEqual([40, 1]));
  it('is looked for in the first minute', () =>
    expect(power(noise(70 * second)).shape).toEqual([40, 1 + Math.floor((60 * second - 200) / 96)]));
});

describe("a user's own speech profile", () => {
  it('has the hash of its parameters', () => expect(defineProfile(JSON.parse(JSON.stringify(definition))).hash).toBe(speech40.hash));
  it.each([
    ['/frames/windowSamples', { frames: { ...definition.frames, windowSamples: 300 } }],
    ['/mel/maxHz', { sampleRate: 4000 }],
    ['/mel/minHz', { mel: { ...definition.mel, minHz: 3900 } }],
    ['/mel/bands', { mel: { ...definition.mel, bands: 120 } }],
    ['/output/kind', { output: { kind: 'vector', columns: [] } }],
  ])('is refused with the place that is wrong: %s', (pointer, change) => {
    expect(() => defineProfile({ ...definition, ...change })).toThrow(pointer);
  });
});
