import { quadFftTwiddles, quadPowerPairs } from './fft-tables.js';
import { powerTwin } from './power.twin.js';
import { deviation, noise, owner, placed, readQuads } from './quads.fixture.js';

const { run, arena } = owner;

describe('the power spectrogram', () => {
  it.each([
    [64, 16, 4],
    [512, 128, 7],
    [1024, 512, 3],
    [2048, 512, 5],
  ])('of %i samples a frame, hop %i, equals its twin on %i frames', (size, hop, frameCount) => {
    const rows = size / 2 + 1;
    const quadCount = Math.ceil(frameCount / 4);
    const pcm = noise((quadCount * 4 - 1) * hop + size, 3);
    const window = noise(size, 4);
    const power = arena.keep(16 * rows * quadCount);
    const half = placed(window.map((w) => w / 2));
    const z = arena.keep(16 * size);
    run.quadPower(placed(pcm), frameCount, hop, size, half, placed(quadFftTwiddles(size / 2)), placed(quadPowerPairs(size)), z, power);
    const frames = readQuads(power, quadCount * 4, rows);
    for (let t = 0; t < frameCount; t++) {
      expect(deviation(frames[t]!, powerTwin(pcm.subarray(t * hop, t * hop + size), window))).toBeLessThan(1e-6);
    }
    for (const beyond of frames.slice(frameCount)) expect(beyond.every((value) => value === 0)).toBe(true);
  });
});
