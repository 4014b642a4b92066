import { kernels } from '@earshot/kernels';
import { binHz, blocks, goldenSamples, noise, sampleRate, tone } from './golden.fixture.js';
import { pcmInMemory } from './pcm-source.js';
import { Spectrogram } from './spectrogram.js';

const rule = { fftSize: 2048, hopSamples: 512 };

/** The magnitudes of all frames, frame by frame, as the second pass finds it. */
function magnitudes(samples: Float32Array, keep: 'magnitudes' | 'nothing'): Float32Array[] {
  const owner = kernels();
  return owner.arena.scoped(() => {
    const spectrogram = new Spectrogram(owner, pcmInMemory(samples, sampleRate), rule, keep);
    const frames: Float32Array[] = [];
    spectrogram.forEachFirst(() => undefined);
    spectrogram.forEachAgain((block) => {
      const values = owner.arena.f32(block.magnitude, block.quadCount * spectrogram.binCount * 4);
      for (let t = 0; t < block.frameCount; t++) {
        frames.push(
          Float32Array.from({ length: spectrogram.binCount }, (_, k) => values[((t >> 2) * spectrogram.binCount + k) * 4 + (t & 3)]!),
        );
      }
    });
    return frames;
  });
}

describe('the spectrogram', () => {
  it("has librosa's magnitudes within 3e-7 of the frame's largest", () => {
    const frames = magnitudes(goldenSamples, 'magnitudes');
    expect([1025, frames.length]).toEqual(blocks.stftMagnitude.shape);
    for (const [t, column] of Object.entries(blocks.stftMagnitude.columns)) {
      const largest = Math.max(...column);
      for (const [k, magnitude] of column.entries()) expect(Math.abs(frames[Number(t)]![k]! - magnitude)).toBeLessThan(3e-7 * largest);
    }
  });

  it("has exact quads with librosa's magnitudes, but for the rounding of the golden decimals", () => {
    const owner = kernels();
    owner.arena.scoped(() => {
      const spectrogram = new Spectrogram(owner, pcmInMemory(goldenSamples, sampleRate), rule, 'nothing');
      spectrogram.forEachFirst((block) => {
        for (const [t, column] of Object.entries(blocks.stftMagnitude.columns)) {
          const at = Number(t) - block.firstFrame;
          if (at < 0 || at >= block.frameCount) continue;
          const values = owner.arena.f32(block.exactQuad(at >> 2), 4 * spectrogram.binCount);
          for (const [k, magnitude] of column.entries()) expect(Math.abs(values[4 * k + (at & 3)]! / magnitude - 1)).toBeLessThan(1e-7);
        }
      });
    });
  });

  it('has one frame more than whole hops, and a first frame that begins half a window early', () => {
    expect([1, 511, 512, 1024].map((length) => magnitudes(new Float32Array(length), 'magnitudes').length)).toEqual([1, 1, 2, 3]);
  });

  it('peaks at the frequency of a tone', () => {
    const frame = magnitudes(tone(100 * binHz), 'magnitudes')[20]!;
    expect(frame.indexOf(Math.max(...frame))).toBe(100);
  });

  it('is the same whether it was kept or computed again', () => {
    const samples = noise(200 * 512);
    expect(magnitudes(samples, 'nothing')).toEqual(magnitudes(samples, 'magnitudes'));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses a clip with a %d in it, and says where', (bad) => {
    const samples = noise(2 * sampleRate);
    samples[sampleRate] = bad;
    expect(() => magnitudes(samples, 'magnitudes')).toThrow(/FEATURE_NOT_COMPUTABLE: spectrogram: samples near 0\.9/);
  });
});
