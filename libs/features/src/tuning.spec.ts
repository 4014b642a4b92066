import { kernels } from '@earshot/kernels';
import { blocks, goldenSamples, sampleRate, silence, tone } from './golden.fixture.js';
import { pcmInMemory } from './pcm-source.js';
import { Spectrogram } from './spectrogram.js';
import { MemorySpool } from './spool.js';
import { Tuning, tuningOf } from './tuning.js';

const rule = { fftSize: 2048, hopSamples: 512 };

function tuning(samples: Float32Array): number {
  const owner = kernels();
  return owner.arena.scoped(() => {
    const estimate = new Tuning(owner, sampleRate, rule, new MemorySpool());
    new Spectrogram(owner, pcmInMemory(samples, sampleRate), rule, 'nothing').forEachFirst((block) => estimate.survey(block));
    return tuningOf(estimate.step());
  });
}

describe('the tuning', () => {
  it.each([-0.3, -0.1, 0.2, 0.4])('of a tone %d semitones off A is found to a few hundredths', (semitones) => {
    expect(Math.abs(tuning(tone(880 * 2 ** (semitones / 12))) - semitones)).toBeLessThan(0.05);
  });
  it('is 0 without any peak', () => expect(tuning(silence)).toBe(0));
  it("is librosa's", () => expect(tuning(goldenSamples)).toBeCloseTo(blocks.tuning, 10));
});
