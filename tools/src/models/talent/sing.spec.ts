import { sing, singingRate } from './sing.js';

describe('a synthetic singer', () => {
  it.each([true, false])('sings a phrase of finite samples, the same again (steady: %s)', (isSteady) => {
    const phrase = sing(7, isSteady);
    expect(phrase.every(Number.isFinite)).toBe(true);
    expect(phrase.length).toBeGreaterThan(1 * singingRate);
    expect(phrase.length).toBeLessThan(7 * singingRate);
    expect(Math.max(...phrase.subarray(0, 100_000).map(Math.abs))).toBeLessThanOrEqual(0.51);
    expect(sing(7, isSteady)).toEqual(phrase);
  });
  it('sings something else for another seed', () => expect(sing(8, true)).not.toEqual(sing(7, true)));
});
