import { deviation, noise, owner, placed } from './quads.fixture.js';
import { crossingsTwin, energyTwin } from './waveform.twin.js';

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
