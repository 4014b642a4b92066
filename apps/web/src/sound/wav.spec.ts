import { wavOf } from './wav.js';

describe('a recording as a WAV file', () => {
  it('says how long and how fast it is, and holds the samples', async () => {
    const view = new DataView(await wavOf([Float32Array.of(0, 0.5), Float32Array.of(-1, 2)], 48_000).arrayBuffer());
    expect(view.byteLength).toBe(44 + 8);
    expect([view.getUint32(4, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([44, 48_000, 8]);
    expect([0, 1, 2, 3].map((i) => view.getInt16(44 + 2 * i, true))).toEqual([0, 16_384, -32_767, 32_767]);
  });
});
