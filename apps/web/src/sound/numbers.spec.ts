import { bytes, decibels, fixed, seconds, significant } from './numbers.js';

describe('a number for people', () => {
  it('has a few significant digits', () => {
    expect([0, 0.12345, 12.3456, 11_025].map(significant)).toEqual(['0', '0.1235', '12.35', '11,025']);
    expect(significant(0.0000123)).toBe('1.23 × 10^−5');
    expect(significant(-12.3456)).toBe('−12.35');
  });
  it('is zero where it is only the noise of the arithmetic', () => expect([5.33e-15, -1e-13].map(significant)).toEqual(['0', '0']));
  it('has so many digits, and no sign at zero', () =>
    expect([-0.04, -1.25, 3].map((value) => fixed(value, 1))).toEqual(['0.0', '−1.3', '3.0']));
  it('is a level in dB of full scale', () => expect([1, 0.5, 0].map(decibels)).toEqual(['0.0 dBFS', '−6.0 dBFS', 'silent']));
  it('is a time', () => expect([0.5, 125].map(seconds)).toEqual(['0.50 s', '2 min 5 s']));
  it('is a size', () => expect([5_200, 1_250_000].map(bytes)).toEqual(['5 kB', '1.3 MB']));
});
