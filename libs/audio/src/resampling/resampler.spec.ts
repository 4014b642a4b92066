import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createResampler, resample } from './resampler.js';

interface Reference {
  samples: number;
  silent: [number, number];
  ratios: { from: number; to: number; length: number; sha256: string; starts: number[]; stretches: number[][] }[];
}
const golden: Reference = JSON.parse(readFileSync(new URL('../../golden/resample.json', import.meta.url), 'utf8'));

/** The generator of golden/make-resample.py. */
function noise(count: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 0.25 * (state / 2 ** 31 - 1);
  });
}

const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);

describe('the resampler', () => {
  it.each(golden.ratios)(
    'gives librosa’s samples from $from to $to Hz, bit for bit, its noise in digital silence too',
    ({ from, to, length, sha256, starts, stretches }) => {
      const input = noise(golden.samples);
      input.fill(0, ...golden.silent);
      const out = resample(input, from, to);
      for (const [i, start] of starts.entries()) {
        expect(out.subarray(start, start + stretches[i]!.length)).toEqual(Float32Array.from(stretches[i]!));
      }
      expect(out.length).toBe(length);
      expect(createHash('sha256').update(out).digest('hex')).toBe(sha256);
    },
  );

  it.each([
    [1, 16_000, 22_050],
    [5000, 16_000, 22_050],
    [997, 192_000, 22_050],
    [997, 37_000, 22_050],
    [997, 24_000, 16_000],
    [997, 14_700, 22_050],
    [997, 44_101, 16_000],
  ])('gives the same in pieces of %i samples, two channels at once, from %i to %i Hz', (pieceSamples, from, to) => {
    const left = noise(9000);
    const right = left.map((value) => 1 - value);
    const resampler = createResampler({ from, to, channels: 2 });
    const out: number[][] = [[], []];
    const keep = (ready: Float32Array[]): void => {
      for (const [c, samples] of ready.entries()) out[c]!.push(...samples);
    };
    for (let at = 0; at < left.length; at += pieceSamples)
      keep(resampler.push([left, right].map((x) => x.subarray(at, at + pieceSamples))));
    keep(resampler.end());
    expect(Float32Array.from(out[0]!)).toEqual(resample(left, from, to));
    expect(Float32Array.from(out[1]!)).toEqual(resample(right, from, to));
  });

  it.each([
    [0, 22_050, 16_000, 0],
    [1, 22_050, 16_000, 1],
    [100, 22_050, 16_000, 73],
    [100, 8000, 22_050, 276],
    [101, 44_100, 22_050, 51],
    [1, 768_000, 16_000, 1],
    [999, 44_101, 22_050, 500],
  ])('makes of %i samples at %i Hz, going to %i Hz, %i samples', (samples, from, to, length) => {
    expect(resample(new Float32Array(samples).fill(0.5), from, to).length).toBe(length);
  });

  it('keeps a tone at its place in time, whatever the rates', () => {
    const rates = [4000, 7350, 8000, 16_000, 22_050, 44_100, 48_000, 96_000, 768_000];
    for (const from of rates) {
      for (const to of [16_000, 22_050, 44_100]) {
        const tone = Float32Array.from({ length: from / 5 }, (_, i) => Math.sin((2 * Math.PI * 440 * i) / from));
        const out = resample(tone, from, to);
        const [first, last] = [Math.round(out.length * 0.4), Math.round(out.length * 0.6)];
        const errors = Array.from(out.subarray(first, last), (value, i) => value - Math.sin((2 * Math.PI * 440 * (first + i)) / to));
        expect(rms(errors)).toBeLessThan(2e-5);
      }
    }
  });

  it('hands samples of the right rate through', () => {
    const samples = noise(10);
    expect(resample(samples, 22_050, 22_050)).toBe(samples);
  });
});
