import { kernels } from '@earshot/kernels';
import { clips, noise, readClip, sampleRate, silence } from './golden.fixture.js';
import { pcmInMemory } from './pcm-source.js';
import { joined, splitSilence } from './silence-split.js';

const rule = { topDb: 20, frameSamples: 2048, hopSamples: 512 };
const split = (samples: Float32Array) => splitSilence(kernels(), pcmInMemory(samples, sampleRate), rule);
const sameRate = clips.filter((clip) => clip.sampleRate === sampleRate);

describe('the silence split', () => {
  it.each(sameRate)('keeps the intervals that librosa keeps of $name', ({ name, talent37 }) => {
    expect(split(readClip(name)).map(({ start, end }) => [start, end])).toEqual(talent37.nonSilent);
  });

  it('keeps pure silence whole', () => expect(split(silence)).toEqual([{ start: 0, end: silence.length }]));

  it('takes out a pause', () => {
    const samples = noise(3 * sampleRate).fill(0, sampleRate, 2 * sampleRate);
    const [first, second, ...more] = split(samples);
    expect(more).toEqual([]);
    expect(first!.end).toBeGreaterThan(sampleRate);
    expect(second!.start).toBeLessThan(2 * sampleRate);
    expect(second!.start - first!.end).toBeGreaterThan(0.8 * sampleRate);
  });
});

describe('the joined signal', () => {
  const samples = Float32Array.from({ length: 100 }, (_, i) => i);
  const source = joined(pcmInMemory(samples, sampleRate), [
    { start: 10, end: 20 },
    { start: 30, end: 31 },
    { start: 90, end: 100 },
  ]);

  it('is as long as its intervals', () => expect(source.sampleCount).toBe(21));

  it('reads on from one interval in the next', () => {
    const target = new Float32Array(6);
    source.read(7, target);
    expect(Array.from(target)).toEqual([17, 18, 19, 30, 90, 91]);
  });

  it('is the source itself when nothing was taken out, so that its spectrogram can be shared', () => {
    const whole = pcmInMemory(samples, sampleRate);
    expect(joined(whole, [{ start: 0, end: 100 }])).toBe(whole);
  });
});
