import { createHash } from 'node:crypto';
import { Random } from '../../random.js';
import { makeSound, soundLabels } from './make-sound.js';
import { soundRate } from './synth.js';

describe('a synthetic sound', () => {
  it.each(soundLabels)('is 2 to 5 s of finite samples that can be heard, the same again for the same seed: %s', (label) => {
    const sound = makeSound(label, new Random(5));
    expect(sound.every((value) => Math.abs(value) <= 1)).toBe(true);
    expect(sound.length).toBeGreaterThanOrEqual(2 * soundRate);
    expect(sound.length).toBeLessThanOrEqual(5 * soundRate);
    expect(Math.hypot(...sound.subarray(0, 40_000)) / 200).toBeGreaterThan(1e-4);
    expect(hashOf(makeSound(label, new Random(5)))).toBe(hashOf(sound)); // to compare a hundred thousand values takes Jest seconds
    expect(hashOf(makeSound(label, new Random(6)))).not.toBe(hashOf(sound));
  });
});

function hashOf(samples: Float32Array): string {
  return createHash('sha256').update(samples).digest('hex');
}
