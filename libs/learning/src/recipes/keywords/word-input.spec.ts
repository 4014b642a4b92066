import { augmentedWord, wordAugmentation } from './word-augmentation.js';
import { wordInput } from './word-input.js';

const shape = { frames: 16, bands: 4 };
const centresHz = Float64Array.of(200, 800, 1600, 3200);
const rule = wordAugmentation.parse({});

/** Power that rises over time, each band twice the one below; [bands, frames]. */
function word(frames: number, gain = 1): Float32Array {
  return Float32Array.from({ length: 4 * frames }, (_, i) => gain * (1 + (i % frames)) * 2 ** Math.floor(i / frames));
}

const frame = (input: Float32Array, t: number) => [...input.subarray(4 * t, 4 * t + 4)];

describe('what the network hears of a word', () => {
  it('is the logarithm of its share of the mean, less the mean, halved', () => {
    const powers = Float32Array.of(1, 1, 2, 2, 3, 3, 6, 6); // two frames; mean 3
    const logs = [1, 2, 3, 6].map((power) => Math.log(power / 3 + 1e-3));
    const mean = logs.reduce((sum, value) => sum + value, 0) / 4;
    const input = wordInput(powers, shape);
    frame(input, 7).forEach((value, band) => {
      expect(value).toBeCloseTo((logs[band]! - mean) / 2, 5);
    });
  });
  it('stands in the middle of zeros', () => {
    const input = wordInput(word(6), shape);
    expect([4, 5, 10, 11].map((t) => frame(input, t).every((value) => value === 0))).toEqual([true, false, false, true]);
  });
  it('does not change with loudness', () => {
    const [quiet, loud] = [wordInput(word(6), shape), wordInput(word(6, 1e6), shape)];
    quiet.forEach((value, i) => {
      expect(loud[i]).toBeCloseTo(value, 5);
    });
  });
  it('is squeezed when it is too long', () => {
    const input = wordInput(word(160), shape);
    expect([0, 1, 14, 15].map((t) => frame(input, t).every((value) => value === 0))).toEqual([true, false, false, true]);
    expect(input[4 * 14]!).toBeGreaterThan(input[4]!);
  });
  it('is zero of silence', () => expect(wordInput(new Float32Array(40), shape).every((value) => Math.abs(value) < 1e-6)).toBe(true));
});

describe('the augmentation of a word', () => {
  const heard = (seed: number, epoch: number, row: number) => augmentedWord(word(8), shape, centresHz, rule, { seed, epoch, row });

  it('is the same again for the same seed, epoch and row', () => expect(heard(1, 2, 3)).toEqual(heard(1, 2, 3)));
  it.each([
    ['seed', heard(2, 2, 3)],
    ['epoch', heard(1, 3, 3)],
    ['row', heard(1, 2, 4)],
  ])('is another for another %s', (_, other) => expect(other).not.toEqual(heard(1, 2, 3)));
  it('gives numbers, also of a single frame, a long recording and silence', () => {
    for (const power of [word(1), word(500), new Float32Array(40)]) {
      for (let row = 0; row < 50; row++) {
        const values = augmentedWord(power, shape, centresHz, rule, { seed: 1, epoch: 0, row });
        expect(values.every(Number.isFinite)).toBe(true);
      }
    }
  });
  it('changes nothing when everything is switched off', () => {
    const none = wordAugmentation.parse({
      cropShare: 0,
      stretch: [1, 1],
      noiseFrames: 0,
      reverberation: 0,
      equalizerDb: 0,
      highPass: 0,
      lowPass: 0,
      noise: 0,
      maskedBands: 0,
      maskedShare: 0,
    });
    const plain = wordInput(word(8), shape);
    // The low-pass of a line is still there: it begins above the bands.
    augmentedWord(word(8), shape, Float64Array.of(200, 300, 400, 500), none, { seed: 1, epoch: 0, row: 0 }).forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i]!, 5);
    });
  });
});
