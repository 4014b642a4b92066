import { cepstrumTwin } from './cepstrum.twin.js';
import { deviation, noise, owner, placed, placedQuads, readQuads } from './quads.fixture.js';

const { run, arena } = owner;

/** As assembly/cepstrum.ts lays it out. */
function cosines(bands: number, coefficients: number): Float32Array {
  const half = bands / 2;
  const table = new Float32Array(Math.ceil(coefficients / 8) * 8 * half);
  for (let k = 0; k < coefficients; k++) {
    for (let b = 0; b < half; b++) {
      const at = (k >> 3) * 8 * half + (k & 1) * 4 * half + 4 * b + ((k & 7) >> 1);
      table[at] = Math.sqrt((k === 0 ? 1 : 2) / bands) * Math.cos((Math.PI * k * (2 * b + 1)) / (2 * bands));
    }
  }
  return table;
}

describe.each([
  [128, 13],
  [128, 49],
  [40, 20],
  [2, 1],
])('the cepstrum of %i bands', (bands, coefficients) => {
  const frames = [1, 2, 3, 4, 5].map((seed) => noise(bands, seed).map((value) => 60 * value - 30));
  frames.push(new Float32Array(bands).fill(-100));
  const out = arena.keep(2 * 16 * coefficients);
  const scratch = arena.keep(16 * bands);
  run.quadCepstrum(placedQuads(frames), 2, bands, -50, placed(cosines(bands, coefficients)), coefficients, scratch, out);
  const rows = readQuads(out, frames.length, coefficients);

  it(`is its twin's, ${coefficients} coefficients`, () => {
    for (const [t, frame] of frames.entries()) expect(deviation(rows[t]!, cepstrumTwin(frame, -50, coefficients))).toBeLessThan(1e-6);
  });

  it('of a flat spectrum is exactly 0 after the first', () => expect(rows[5]!.subarray(1).every((value) => value === 0)).toBe(true));
});
