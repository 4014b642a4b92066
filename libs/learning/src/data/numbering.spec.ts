import { Numbering } from './numbering.js';

describe('a numbering', () => {
  it('gives each word the number under which it came first', () => {
    const numbering = new Numbering();
    expect(['b', 'a', 'b', 'c'].map((name) => numbering.of(name))).toEqual([0, 1, 0, 2]);
    expect(numbering.names).toEqual(['b', 'a', 'c']);
    expect(numbering.numbers.get('c')).toBe(2);
  });
});
