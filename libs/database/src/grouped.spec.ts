import { EarshotError } from '@earshot/contracts';
import { Grouped } from './grouped.js';

/** A statement that doubles numbers, refuses groups with a NaN, and keeps what it was given. */
function doubling() {
  const groups: number[][] = [];
  const run = async (numbers: number[]) => {
    groups.push(numbers);
    await new Promise((resolve) => setImmediate(resolve));
    if (numbers.some(Number.isNaN)) throw new Error('not a number');
    return numbers.map((n) => 2 * n);
  };
  return { groups, run };
}

describe('a grouped statement', () => {
  it('runs at once for a request that comes alone', async () => {
    const { groups, run } = doubling();
    expect(await new Grouped(run).submit(4)).toBe(8);
    expect(groups).toEqual([[4]]);
  });

  it('gathers what arrives while a statement is under way, and answers each its own', async () => {
    const { groups, run } = doubling();
    const grouped = new Grouped(run);
    expect(await Promise.all([1, 2, 3, 4].map((n) => grouped.submit(n)))).toEqual([2, 4, 6, 8]);
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });

  it('never puts more than its limit into one statement', async () => {
    const { groups, run } = doubling();
    const grouped = new Grouped(run, { maxGroup: 2 });
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => grouped.submit(n)));
    expect(groups.map((group) => group.length)).toEqual([1, 2, 2, 1]);
  });

  it('tells only the bad member of a group of its fault', async () => {
    const grouped = new Grouped(doubling().run);
    const answers = await Promise.allSettled([1, 2, Number.NaN, 4].map((n) => grouped.submit(n)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('tells all at once when the database is away', async () => {
    let asked = 0;
    const grouped = new Grouped<number, number>(async () => {
      asked += 1;
      throw new EarshotError('DATABASE_UNAVAILABLE', 'away');
    });
    const answers = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => grouped.submit(n)));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked).toBe(2);
  });

  it('goes on after a failure', async () => {
    const { run } = doubling();
    const grouped = new Grouped(run);
    await expect(grouped.submit(Number.NaN)).rejects.toThrow('not a number');
    expect(await grouped.submit(1)).toBe(2);
  });
});
