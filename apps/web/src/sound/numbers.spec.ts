import { bytes, decibels, seconds, significant } from './numbers.js';

describe('a number for people', () => {
  it('has a few significant digits', () => {
    expect([0, 0.12345, 12.3456, 11_025].map(significant)).toEqual(['0', '0.1235', '12.35', '11,025']);
    expect(significant(0.0000123)).toBe('1.23 × 10^-5');
  });
  it('is a level in dB of full scale', () => expect([1, 0.5, 0].map(decibels)).toEqual(['0.0 dBFS', '-6.0 dBFS', 'silent']));
  it('is a time', () => expect([0.5, 125].map(seconds)).toEqual(['0.50 s', '2 min 5 s']));
  it('is a size', () => expect([5_200, 1_250_000].map(bytes)).toEqual(['5 kB', '1.3 MB']));
});
