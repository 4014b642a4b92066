import { Waveform, waveformParts } from './waveform.js';

describe('the waveform of a clip', () => {
  it('has a part for each sample of a very short clip', () => {
    expect(drawn(Float32Array.of(0, 0.5, -1)).parts).toEqual({ lowest: [0, 64, -127], highest: [0, 64, -127] });
  });

  it('draws the mean of the channels', () => {
    expect(drawn(Float32Array.of(1), Float32Array.of(0)).parts).toEqual({ lowest: [64], highest: [64] });
  });

  it('draws the mean of a shorter block behind a longer one', () => {
    const waveform = new Waveform();
    waveform.add([Float32Array.of(1, 1, 1), Float32Array.of(1, 1, 1)]);
    waveform.add([Float32Array.of(-0.5), Float32Array.of(0)]);
    expect(waveform.parts.lowest).toEqual([127, 127, 127, -32]);
  });

  it.each([1, 127, 128, 129, 256, 257, 1000, 100_003])('covers all of %i samples with at most 128 parts', (length) => {
    const { lowest, highest } = drawn(Float32Array.from({ length }, (_, i) => i / length)).parts;
    expect(lowest.length).toBeLessThanOrEqual(waveformParts);
    expect(lowest.length).toBeGreaterThanOrEqual(Math.min(length, waveformParts / 2));
    expect(lowest[0]).toBe(0);
    expect(highest.at(-1)).toBe(Math.round(((length - 1) / length) * 127));
    expect(lowest).toEqual([...lowest].sort((a, b) => a - b));
  });

  it('keeps a single loud sample, wherever it is', () => {
    const samples = new Float32Array(50_000);
    samples[33_333] = -1;
    const { lowest, highest } = drawn(samples).parts;
    expect(Math.min(...lowest)).toBe(-127);
    expect(lowest.filter((level) => level !== 0)).toHaveLength(1);
    expect(highest.every((level) => level === 0)).toBe(true);
  });

  it('cuts off what lies beyond full scale', () => {
    expect(drawn(Float32Array.of(3, -3)).parts).toEqual({ lowest: [127, -127], highest: [127, -127] });
  });
});

function drawn(...channels: Float32Array[]): Waveform {
  const waveform = new Waveform();
  waveform.add(channels);
  return waveform;
}
