import { rootsOfUnity } from './fft-tables.js';
import { exactMagnitudeTwin, magnitudeTwin } from './magnitude.twin.js';
import { noise, owner, placed, readQuads } from './quads.fixture.js';
import { realQuadTables } from './real-quad-tables.js';

const { run, arena } = owner;

/** The magnitudes of the frames by the kernel, and what it says of the lanes past the last one. */
function magnitudes(pcm: Float32Array, window: Float32Array, hop: number, frameCount: number): Float32Array[] {
  const size = window.length;
  const rows = size / 2 + 1;
  const quadCount = Math.ceil(frameCount / 4);
  const out = arena.keep(16 * rows * quadCount);
  const half = placed(window.map((w) => w / 2));
  run.quadMagnitude(placed(pcm), frameCount, hop, size, half, realQuadTables(owner, size), arena.keep(16 * size), out);
  return readQuads(out, quadCount * 4, rows);
}

/** The same by the exact kernel, of one quad. */
function exactMagnitudes(pcm: Float32Array, window: Float64Array, hop: number): Float32Array[] {
  const size = window.length;
  const out = arena.keep(16 * (size / 2 + 1));
  const half = placed(window.map((w) => w / 2));
  run.exactQuadMagnitude(placed(pcm), hop, size, half, placed(rootsOfUnity(size)), arena.keep(32 * size), out);
  return readQuads(out, 4, size / 2 + 1);
}

const rmsOf = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('the magnitude spectrogram', () => {
  it.each([
    [64, 16, 4],
    [128, 64, 5],
    [512, 128, 7],
    [1024, 512, 3],
    [2048, 512, 5],
    [4096, 1024, 1],
  ])('of %i samples a frame, hop %i, is off by less than 6e-7 of a frame on %i frames', (size, hop, frameCount) => {
    const pcm = noise((Math.ceil(frameCount / 4) * 4 - 1) * hop + size, 3);
    const window = noise(size, 4).map((w, i) => w + i / size);
    const frames = magnitudes(pcm, window, hop, frameCount);
    for (let t = 0; t < frameCount; t++) {
      const twin = magnitudeTwin(pcm.subarray(t * hop, t * hop + size), window);
      const scale = rmsOf(twin);
      twin.forEach((value, k) => {
        expect(Math.abs(frames[t]![k]! - value) / scale).toBeLessThan(6e-7);
      });
    }
    for (const beyond of frames.slice(frameCount)) expect(beyond.every((value) => value === 0)).toBe(true);
  });

  it('has nothing but zeros in silence, whatever sounds in the frames beside it', () => {
    const pcm = noise(7 * 64, 5);
    pcm.fill(0, 64, 3 * 64);
    const frames = magnitudes(pcm, new Float32Array(64).fill(1), 64, 4);
    expect(frames.map((frame) => frame.every((value) => value === 0))).toEqual([false, true, true, false]);
  });

  it('leaves less than 1e-6 of a loud bin in the bins beside it', () => {
    const pcm = Float32Array.from({ length: 4 * 64 }, (_, i) => (i % 64 === 0 ? 0 : i % 2));
    const window = Float32Array.from({ length: 64 }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 64));
    const [frame] = magnitudes(pcm, window, 64, 1);
    expect(frame!.slice(4, 28).every((value) => value < 1e-6 * frame![0]!)).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('of a frame with %d in it is not finite in bin 0, which a caller may look at', (bad) => {
    const pcm = noise(4 * 64, 6);
    pcm[10] = bad;
    const [frame] = magnitudes(pcm, new Float32Array(64).fill(1), 64, 1);
    expect(Number.isFinite(frame![0])).toBe(false);
  });
});

describe('the exact magnitudes', () => {
  it.each([
    [64, 16],
    [512, 128],
    [1024, 512],
    [2048, 512],
  ])('of %i samples a frame, hop %i, equal their twin to the last bit but one', (size, hop) => {
    const pcm = noise(3 * hop + size, 3);
    const window = Float64Array.from(noise(size, 4), (w, i) => w + i / size);
    exactMagnitudes(pcm, window, hop).forEach((frame, t) => {
      const twin = exactMagnitudeTwin(pcm.subarray(t * hop, t * hop + size), window);
      twin.forEach((value, k) => {
        expect(Math.abs(frame[k]! / value - 1)).toBeLessThan(1.25e-7);
      });
      expect(frame.filter((value, k) => value === twin[k]).length).toBeGreaterThan(0.99 * twin.length);
    });
  });

  it('leave less than 1e-15 of a loud bin where f32 leaves noise, and 0 of silence', () => {
    const pcm = Float32Array.from({ length: 4 * 64 }, (_, i) => (i % 64 === 0 || i >= 64 ? 0 : i % 2)); // exact in f32
    const window = Float64Array.from({ length: 64 }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 64));
    const [frame, silent] = exactMagnitudes(pcm, window, 64);
    expect(frame!.slice(4, 28).every((value) => value < 1e-15 * frame![0]!)).toBe(true);
    expect(silent!.every((value) => value === 0)).toBe(true);
  });
});
