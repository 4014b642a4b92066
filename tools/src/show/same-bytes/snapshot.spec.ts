import { differences } from './snapshot.js';

describe('two snapshots', () => {
  const one = new Map([
    ['a', '1'],
    ['b', '2'],
  ]);

  it('are the same when each of their entries is', () => {
    expect(differences(one, new Map(one))).toEqual([]);
  });

  it('differ in what has another value, and in what only one of them has', () => {
    const other = new Map([
      ['b', '3'],
      ['c', '4'],
    ]);
    expect(differences(one, other)).toEqual(['a', 'b', 'c']);
  });
});
