import { kernels } from '@earshot/kernels';
import { pcmInMemory } from '../pcm-source.js';
import { sound97 } from '../profiles.js';
import { soundingPart } from './sounding-part.js';

const partOf = (samples: Float32Array) => soundingPart(kernels(), pcmInMemory(samples, 44_100), sound97.sounding);
const at = (length: number, ...marks: [number, number][]) => {
  const samples = new Float32Array(length);
  for (const [place, value] of marks) samples[place] = value;
  return samples;
};
const read = ({ source }: ReturnType<typeof partOf>, start = 0, length = source.sampleCount - start) => {
  const target = new Float32Array(length).fill(9);
  source.read(start, target);
  return target;
};

describe('the part that sounds', () => {
  it('is from 64 samples before the first to the last that is above a thousandth of the peak', () => {
    const part = partOf(at(20_000, [500, 0.0005], [9000, -0.9], [9100, 0.2], [15_000, 0.0008]));
    expect(part).toMatchObject({ leadingSamples: 9000, wholeSamples: 20_000 });
    expect(part.peak).toBeCloseTo(0.9, 6);
    expect(part.source.sampleCount).toBe(256); // 165 and zeros
    const samples = read(part);
    expect([samples[64], samples[164], samples[165]]).toEqual([Math.fround(-0.9), Math.fround(0.2), 0]);
  });

  it('may begin with the clip and end with it', () => {
    const part = partOf(at(10_000, [3, 0.5], [9999, 0.5]));
    expect(part.source.sampleCount).toBe(10_000);
    expect(read(part, 9998)).toEqual(Float32Array.of(0, 0.5));
  });

  it('of silence is all of it', () => {
    const part = partOf(new Float32Array(1000));
    expect(part).toMatchObject({ peak: 0, mean: 0, leadingSamples: 0 });
    expect(part.source.sampleCount).toBe(1000);
  });

  it('has the mean of the whole clip beside it', () => expect(partOf(at(1000, [10, 0.5])).mean).toBeCloseTo(0.0005, 8));

  it('is refused where a sample is no number, also outside of what sounds', () =>
    expect(() => partOf(at(20_000, [0, Number.NaN], [9000, 0.9]))).toThrow('FEATURE_NOT_COMPUTABLE'));
});
