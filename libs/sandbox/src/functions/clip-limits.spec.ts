import { clipLimits } from './clip-limits.js';

const seconds = (sizeBytes: number) => clipLimits(sizeBytes).wallClockMs / 1000;

describe('the time granted to a clip', () => {
  it('is hardly more than ten seconds for a small file, whatever it decodes to', () => {
    expect(seconds(50_000)).toBeCloseTo(10.3, 6);
  });

  it.each([1, 2, 3, 4])('is three times what %i hours of speech in 16 kbit/s need', (hours) => {
    const neededSeconds = hours * 12.6; // of processor time, Opus, all profiles, as measured
    expect(seconds(hours * 3600 * 2000)).toBeGreaterThan(3 * neededSeconds);
  });

  it('grows by a second a megabyte for large files', () => {
    expect(seconds(250_000_000) - seconds(150_000_000)).toBeCloseTo(100, 6);
  });
});
