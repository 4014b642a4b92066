import { getProfile } from '@earshot/features';
import { embedders, Matrix } from '@earshot/learning';
import { firstClipOf } from './clip-numbers.js';
import { knownClip } from './known-clip.js';
import { knownVectors } from './known-vectors.js';

// Lengths come again after 4,000 numbers: then the peak is another.
const numbers = [0, 4_000, 8_000, 1_000_000].flatMap((first) => Array.from({ length: 20 }, (_, i) => first + i));

describe('a known clip', () => {
  it('is like no other by its length and its peak', () => {
    const signs = numbers.map((number) => knownClip(number)).map(({ frames, peak }) => `${frames} ${peak}`);
    expect(new Set(signs).size).toBe(numbers.length);
  });

  it('holds a WAV with the length and the peak that it tells', () => {
    const { wav, frames, peak } = knownClip(1234);
    const samples = new Int16Array(wav.slice(-2 * frames).buffer);
    expect(new TextDecoder().decode(wav.slice(0, 4))).toBe('RIFF');
    expect(Math.max(...samples.map(Math.abs)) / 32_768).toBe(peak);
  });

  it.each(embedders)('is nearest to itself by $name, and no copy of another', ({ profile, embed, fit }) => {
    const vectors = Array.from({ length: 100 }, (_, n) => knownVectors(firstClipOf.library + n, [getProfile(profile)])[0]!);
    const scaler = fit?.(Matrix.of(vectors));
    const directions = vectors.map((vector) => embed(vector, scaler));
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
    const nearest = directions.map((own) => Math.max(...directions.map((other) => (other === own ? -1 : cosine(own, other)))));
    expect(Math.max(...nearest)).toBeLessThan(0.9999);
  });
});
