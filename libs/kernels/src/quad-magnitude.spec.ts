import { pairFftTwiddles } from './fft-tables.js';
import { magnitudeTwin } from './magnitude.twin.js';
import { noise, owner, placed, readQuads } from './quads.fixture.js';

const { run, arena } = owner;

/** The magnitudes of the frames by the kernel, and what it says of the lanes past the last one. */
function magnitudes(pcm: Float32Array, window: Float64Array, hop: number, frameCount: number): Float32Array[] {
  const size = window.length;
  const rows = size / 2 + 1;
  const quadCount = Math.ceil(frameCount / 4);
  const out = arena.keep(16 * rows * quadCount);
  run.quadMagnitude(placed(pcm), frameCount, hop, size, placed(window), placed(pairFftTwiddles(size)), arena.keep(48 * size), out);
  return readQuads(out, quadCount * 4, rows);
}

describe('the magnitude spectrogram', () => {
  it.each([
    [64, 16, 4],
    [128, 64, 5],
    [512, 128, 7],
    [1024, 512, 3],
    [2048, 512, 5],
    [4096, 1024, 1],
  ])('of %i samples a frame, hop %i, equals its twin to the last bit but one on %i frames', (size, hop, frameCount) => {
    const pcm = noise((Math.ceil(frameCount / 4) * 4 - 1) * hop + size, 3);
    const window = Float64Array.from(noise(size, 4), (w, i) => w + i / size);
    const frames = magnitudes(pcm, window, hop, frameCount);
    for (let t = 0; t < frameCount; t++) {
      const twin = magnitudeTwin(pcm.subarray(t * hop, t * hop + size), window);
      twin.forEach((value, k) => {
        expect(Math.abs(frames[t]![k]! / value - 1)).toBeLessThan(1.25e-7);
      });
      expect(frames[t]!.filter((value, k) => value === twin[k]).length).toBeGreaterThan(0.99 * twin.length);
    }
    for (const beyond of frames.slice(frameCount)) expect(beyond.every((value) => value === 0)).toBe(true);
  });

  it('has nothing but zeros in silence, whatever sounds in the frames beside it', () => {
    const pcm = noise(7 * 64, 5);
    pcm.fill(0, 64, 3 * 64);
    const frames = magnitudes(pcm, new Float64Array(64).fill(1), 64, 4);
    expect(frames.map((frame) => frame.every((value) => value === 0))).toEqual([false, true, true, false]);
  });

  it('leaves less than 1e-15 of a loud frame where f32 would leave noise', () => {
    const pcm = Float32Array.from({ length: 4 * 64 }, (_, i) => (i % 64 === 0 ? 0 : i % 2)); // exact in f32
    const window = Float64Array.from({ length: 64 }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 64));
    const [frame] = magnitudes(pcm, window, 64, 1);
    expect(frame!.slice(4, 28).every((value) => value < 1e-15 * frame![0]!)).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('of a frame with %d in it is not finite in bin 0, which a caller may look at', (bad) => {
    const pcm = noise(4 * 64, 6);
    pcm[10] = bad;
    const [frame] = magnitudes(pcm, new Float64Array(64).fill(1), 64, 1);
    expect(Number.isFinite(frame![0])).toBe(false);
  });
});
