import { percent } from './percent.js';

/** The figures hold together by spaces at which no line ends. */
const together = (text: string) => text.replaceAll(' ', '\u00a0');

describe('a share', () => {
  it.each([
    [0, '0.0 %'],
    [0.0004, '< 0.1 %'],
    [0.0006, '0.1 %'],
    [0.4567, '45.7 %'],
    [0.9994, '99.9 %'],
    [0.9996, '> 99.9 %'],
    [1, '100.0 %'],
  ])('of %d is %s', (share, text) => expect(percent(share)).toBe(together(text)));
  it('in whole percents is all where it is all, and nothing where it is nothing', () =>
    expect([0, 0.004, 0.995, 1].map((share) => percent(share, 0))).toEqual(['0 %', '< 1 %', '> 99 %', '100 %'].map(together)));
  it('that is not known is not 0', () => expect(percent(null)).toBe('not known'));
});
