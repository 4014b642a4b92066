import { FaultMeter } from './fault-meter.js';

const wave = Float32Array.from({ length: 800 }, (_, i) => Math.sin((2 * Math.PI * i) / 40));
const clipped = wave.map((x) => Math.max(-1, Math.min(1, 2 * x)));

function meterOf(samples: Float32Array, blockSamples = samples.length): FaultMeter {
  const meter = new FaultMeter();
  for (let start = 0; start < samples.length; start += blockSamples) meter.add([samples.subarray(start, start + blockSamples)]);
  return meter;
}

describe('the meter of faults', () => {
  it('finds what is cut off at full scale, and no peak that only touches it', () => {
    expect(meterOf(clipped).clippedShare).toBeGreaterThan(0.5);
    expect(meterOf(wave).clippedShare).toBe(0);
    expect(meterOf(wave.map((x) => 0.9 * Math.max(-0.5, Math.min(0.5, x)))).clippedShare).toBe(0);
  });

  it('says how far the samples lie from the zero line', () => {
    expect(meterOf(wave.map((x) => 0.5 * x + 0.1)).dcOffset).toBeCloseTo(0.1, 5);
    expect(meterOf(wave).dcOffset).toBeLessThan(1e-6);
  });

  it('comes to the same wherever the blocks end', () => {
    const [whole, pieces] = [meterOf(clipped), meterOf(clipped, 7)];
    expect(pieces.clippedShare).toBe(whole.clippedShare);
    expect(pieces.dcOffset).toBe(whole.dcOffset);
    expect(pieces.audioSha256(8_000)).toBe(whole.audioSha256(8_000));
  });

  it('gives other samples, and another rate, another hash', () =>
    expect(new Set([meterOf(wave).audioSha256(8_000), meterOf(wave).audioSha256(16_000), meterOf(clipped).audioSha256(8_000)]).size).toBe(
      3,
    ));
});
