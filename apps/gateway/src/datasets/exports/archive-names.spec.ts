import { ArchiveNames } from './archive-names.js';

describe('the names of files in an archive', () => {
  const namesOf = (...members: [label: string, filename: string][]) => {
    const names = new ArchiveNames();
    return members.map(([label, filename]) => names.of({ label, filename }));
  };

  it('are each given once, however the members call themselves', () => {
    expect(namesOf(['a', 'x.wav'], ['a', 'X.wav'], ['a', 'x.wav'], ['b', 'x.wav'], ['a', 'x-2.wav'], ['a', 'x-2.wav'])).toEqual([
      'a/x.wav',
      'a/X-2.wav',
      'a/x-3.wav',
      'b/x.wav',
      'a/x-2-2.wav',
      'a/x-2-3.wav',
    ]);
  });

  it('lead nowhere else', () => expect(namesOf(['..', '../x'], ['a/b', '']).join()).toBe('__/___x,a_b/_'));

  it('are found as quickly when all members have the same', () => {
    const names = new ArchiveNames();
    const first = performance.now();
    for (let i = 0; i < 4_000; i++) names.of({ label: `${i}`, filename: 'blob.wav' });
    const differentMs = performance.now() - first;
    const second = performance.now();
    for (let i = 0; i < 4_000; i++) names.of({ label: 'a', filename: i % 2 === 0 ? 'blob?.wav' : 'BLOB*.wav' });
    expect(performance.now() - second).toBeLessThan(20 * differentMs + 100);
  });
});
