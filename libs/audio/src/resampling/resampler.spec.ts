import { readFileSync } from 'node:fs';
import { createResampler, resample } from './resampler.js';

interface Reference {
  samples: number;
  silent: [number, number];
  ratios: { from: number; to: number; length: number; rms: number; starts: number[]; stretches: number[][] }[];
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

/** What a ratio may be off, as a share of the RMS: ratios whose filters are not quite those of the formulas are the last lines. */
function tolerance(from: number, to: number): number {
  if ([28_000, 37_000, 20_000, 4000].includes(from) && to > 4000) return 5e-4;
  return [17_640, 80_000].includes(from) ? 5e-5 : 3e-6;
}

describe('the resampler', () => {
  it.each(golden.ratios)('has librosa’s samples from $from to $to Hz', ({ from, to, length, starts, stretches, ...reference }) => {
    const input = noise(golden.samples);
    input.fill(0, ...golden.silent);
    const out = resample(input, from, to);
    expect(out.length).toBe(length);
    const [atTheStart, ...later] = starts.map((start, i) => rms(stretches[i]!.map((value, k) => out[start + k]! - value)) / reference.rms);
    expect(Math.max(...later)).toBeLessThan(tolerance(from, to));
    // going down by 4 or more librosa begins with a half, whose ringing before time 0 is lost: 4 ms in all
    expect(atTheStart).toBeLessThan(from / to >= 4 || tolerance(from, to) > 5e-5 ? 2e-2 : tolerance(from, to));
  });

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
