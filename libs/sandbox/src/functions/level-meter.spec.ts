import { LevelMeter } from './level-meter.js';

describe('the level meter', () => {
  it('finds the peak of any channel, whatever its sign', () => {
    expect(measure([Float32Array.of(0.1, -0.5), Float32Array.of(0.25, 0.125)]).peak).toBe(0.5);
  });

  it('takes the root of the mean square over all samples of all channels', () => {
    expect(measure([Float32Array.of(1, -1), Float32Array.of(0, 0)]).rms).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('says the same to the last digit wherever the blocks end', () => {
    const channels = [0.1, 0.7].map((step) => Float32Array.from({ length: 1000 }, (_, i) => Math.sin(step * i)));
    const pieces = (size: number) =>
      Array.from({ length: Math.ceil(1000 / size) }, (_, at) => channels.map((samples) => samples.subarray(at * size, (at + 1) * size)));
    expect([1, 7, 333].map((size) => measure(...pieces(size)).rms)).toEqual(Array(3).fill(measure(channels).rms));
  });

  it('counts silence at both ends across blocks, until any channel sounds', () => {
    const meter = measure(
      [Float32Array.of(0, 0)],
      [Float32Array.of(0, 0.0009)],
      [Float32Array.of(0, 0.001)],
      [Float32Array.of(-0.5, 0)],
      [new Float32Array(3)],
    );
    expect([meter.leadingSilentFrames, meter.trailingSilentFrames]).toEqual([5, 4]);
  });

  it('uses the louder channel to end a silence', () => {
    const meter = measure([Float32Array.of(0, 0, 0.5, 0), Float32Array.of(0, 0.5, 0, 0)]);
    expect([meter.leadingSilentFrames, meter.trailingSilentFrames]).toEqual([1, 1]);
  });

  it('calls a silent clip silent from both ends, with no level', () => {
    const meter = measure([new Float32Array(7)]);
    expect([meter.peak, meter.rms, meter.leadingSilentFrames, meter.trailingSilentFrames]).toEqual([0, 0, 7, 7]);
  });
});

function measure(...blocks: Float32Array[][]): LevelMeter {
  const meter = new LevelMeter();
  for (const channels of blocks) meter.add(channels);
  return meter;
}
