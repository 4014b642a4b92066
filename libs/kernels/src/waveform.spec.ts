import { deviation, noise, owner, placed } from './quads.fixture.js';
import { crossingsTwin, energyTwin, peakAndSumTwin } from './waveform.twin.js';

const { run, arena } = owner;

describe.each([4, 60, 512])('blocks of %i samples', (block) => {
  const blockCount = 9;
  const pcm = noise(blockCount * block + 4, 11);
  pcm[5] = 0;
  pcm[6] = -1e-11;
  const pointer = placed(pcm) + 16;
  const blocks = Array.from({ length: blockCount }, (_, b) => pcm.subarray(4 + b * block, 4 + (b + 1) * block));

  it('have the energies of their twin', () => {
    const out = arena.keep(8 * blockCount);
    run.blockEnergies(pointer, blockCount, block, out);
    expect(deviation(arena.f64(out, blockCount), blocks.map(energyTwin))).toBeLessThan(1e-6);
  });

  it('have the zero crossings of their twin', () => {
    const [crossings, atStart] = [arena.keep(4 * blockCount), arena.keep(4 * blockCount)];
    run.blockCrossings(pointer, blockCount, block, crossings, atStart);
    const twins = blocks.map((samples, b) => crossingsTwin(samples, pcm[3 + b * block]!));
    expect(Array.from(arena.u32(crossings, blockCount))).toEqual(twins.map(({ count }) => count));
    expect(Array.from(arena.u32(atStart, blockCount))).toEqual(twins.map(({ atStart }) => atStart));
  });
});

describe('all samples', () => {
  const out = arena.keep(16);
  const peakAndSum = (samples: Float32Array) => {
    run.peakAndSum(placed(samples), samples.length, out);
    return { peak: arena.f32(out, 1)[0]!, sum: arena.f64(out + 8, 1)[0]! };
  };

  it('have the peak and the sum of their twin, wherever the peak is', () => {
    for (let at = 0; at < 8; at++) {
      const samples = noise(4096, 7);
      samples[1000 + at] = at % 2 === 0 ? 1.5 : -1.5;
      const [ours, twin] = [peakAndSum(samples), peakAndSumTwin(samples)];
      expect(ours.peak).toBe(1.5);
      expect(ours.sum).toBeCloseTo(twin.sum, 10);
    }
  });

  it('have no sum where one is no number, and an infinite peak where one is infinite', () => {
    const samples = noise(16, 7);
    samples[5] = Number.NaN;
    expect(peakAndSum(samples).sum).toBeNaN();
    expect(peakAndSum(samples.fill(Number.POSITIVE_INFINITY, 5, 6)).peak).toBe(Number.POSITIVE_INFINITY);
  });

  it('are counted where they are beyond a level, and not at it', () => {
    const samples = Float32Array.of(0.5, -0.5, 0.6, -0.6, 0, 0.51, -0.49, 0.1);
    expect(run.countBeyond(placed(samples), samples.length, 0.5)).toBe(3);
  });
});
