import { jest } from '@jest/globals';
import { Batches } from './batches.js';
import type { Database, Statement } from './database.js';

/** What each statement does of the rows that it is given, and how long a row takes. */
interface Work {
  there: number;
  rowMs: number;
}

describe('batches', () => {
  /** Sizes of pages, by statement. */
  let sizes: Record<string, number[]>;
  let clockMs = 0;
  beforeEach(() => {
    jest.spyOn(performance, 'now').mockImplementation(() => clockMs);
  });
  afterEach(() => jest.restoreAllMocks());

  const statement = (name: string): Statement => ({ name, text: '' });
  const batchesOver = (works: Record<string, Work>) => {
    sizes = {};
    const run = async ({ name }: Statement, values: unknown[]) => {
      const [size, work] = [Number(values.at(-1)), works[name]!];
      sizes[name] = [...(sizes[name] ?? []), size];
      const n = Math.min(size, work.there);
      work.there -= n;
      clockMs += n * work.rowMs;
      return [{ n }];
    };
    return new Batches({ run } as unknown as Database, { limitMs: 60_000 });
  };

  it('do all rows', async () => {
    const batches = batchesOver({ many: { there: 4_321, rowMs: 0 } });
    expect(await batches.all(statement('many'), [])).toBe(4_321);
  });

  it('grow while they are quick and full, and shrink when they are slow', async () => {
    const batches = batchesOver({ quick: { there: 10_000, rowMs: 0 }, slow: { there: 2_000, rowMs: 0.2 } });
    await batches.all(statement('quick'), []);
    await batches.all(statement('slow'), []);
    expect(sizes['quick']?.slice(0, 5)).toEqual([200, 300, 450, 500, 500]);
    expect(sizes['slow']?.slice(0, 2)).toEqual([200, 100]);
  });

  it('are of a statement: rows that cost little make no long pages of those that cost much', async () => {
    const batches = batchesOver({ quick: { there: 10_000, rowMs: 0 }, slow: { there: 100, rowMs: 0.2 } });
    await batches.all(statement('quick'), []);
    await batches.all(statement('slow'), []);
    expect(sizes['slow']).toEqual([200]);
  });

  it('do not grow by pages that are not full', async () => {
    const work = { there: 0, rowMs: 0 };
    const batches = batchesOver({ few: work });
    for (let time = 0; time < 5; time++) {
      work.there = 10;
      await batches.all(statement('few'), []);
    }
    expect(sizes['few']).toEqual([200, 200, 200, 200, 200]);
  });

  it('tell which statement took longest', async () => {
    const batches = batchesOver({ quick: { there: 10, rowMs: 0 }, slow: { there: 10, rowMs: 5 } });
    for (const name of ['quick', 'slow', 'quick']) await batches.all(statement(name), []);
    expect(batches.longest).toEqual({ statement: 'slow', ms: 50 });
  });
});
