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

  it('gathers what arrives together, and what arrives while a statement is under way, and answers each its own', async () => {
    const { groups, run } = doubling();
    const grouped = new Grouped(run);
    const first = [1, 2].map((n) => grouped.submit(n));
    await new Promise((resolve) => setImmediate(resolve));
    expect(groups).toEqual([[1, 2]]);
    expect(await Promise.all([...first, ...[3, 4].map((n) => grouped.submit(n))])).toEqual([2, 4, 6, 8]);
    expect(groups).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('never puts more than its limit into one statement', async () => {
    const { groups, run } = doubling();
    const grouped = new Grouped(run, { maxGroup: 2 });
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => grouped.submit(n)));
    expect(groups.map((group) => group.length)).toEqual([2, 2, 2]);
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
    expect(asked).toBe(1);
  });

  it('goes on after a failure', async () => {
    const { run } = doubling();
    const grouped = new Grouped(run);
    await expect(grouped.submit(Number.NaN)).rejects.toThrow('not a number');
    expect(await grouped.submit(1)).toBe(2);
  });

  describe('that hangs', () => {
    /** A statement that never answers for 0, and at once for every other number. */
    const hanging = () =>
      new Grouped<number, number>(([n]) => (n === 0 ? new Promise(() => undefined) : Promise.resolve([n!])), { slowMs: 20 });

    it('lets the next ones pass, one after the other', async () => {
      const grouped = hanging();
      void grouped.submit(0);
      await new Promise((resolve) => setImmediate(resolve)); // it has left
      expect(await grouped.submit(1)).toBe(1);
      expect(await grouped.submit(2)).toBe(2);
    });

    it('is not joined by a third: the database has trouble enough', async () => {
      const groups: number[][] = [];
      const grouped = new Grouped<number, number>(
        (numbers) => {
          groups.push(numbers);
          return new Promise(() => undefined);
        },
        { slowMs: 10 },
      );
      for (const n of [1, 2, 3]) {
        void grouped.submit(n);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(groups).toEqual([[1], [2]]);
    });

    it('shows in the age of the oldest request, and is forgotten once it ends', async () => {
      const { promise, resolve } = Promise.withResolvers<number[]>();
      const grouped = new Grouped<number, number>(() => promise);
      expect(grouped.oldestMs).toBe(0);
      const answer = grouped.submit(1);
      await new Promise((wake) => setTimeout(wake, 50));
      expect(grouped.oldestMs).toBeGreaterThanOrEqual(45);
      resolve([1]);
      await answer;
      await new Promise((wake) => setImmediate(wake));
      expect(grouped.oldestMs).toBe(0);
    });
  });
});
