import { downmix } from './downmix.js';

describe('the downmix', () => {
  it('is the mean of two channels', () =>
    expect(downmix([Float32Array.of(1, 0.5), Float32Array.of(0, -0.5)])).toEqual(Float32Array.of(0.5, 0)));
  it('is the mean of six channels', () =>
    expect(downmix([6, 1, 2, 3, 0, 0].map((value) => Float32Array.of(value)))).toEqual(Float32Array.of(2)));
  it('is written where it is wanted', () => {
    const room = new Float32Array(3);
    const mean = downmix([Float32Array.of(1, 0.5), Float32Array.of(0, -0.5)], room);
    expect([mean, room]).toEqual([Float32Array.of(0.5, 0), Float32Array.of(0.5, 0, 0)]);
  });
  it('hands one channel through', () => {
    const mono = Float32Array.of(0.25);
    expect(downmix([mono])).toBe(mono);
  });
});
