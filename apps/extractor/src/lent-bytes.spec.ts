import { LentBytes } from './lent-bytes.js';

describe('clips that are lent', () => {
  /** Begins to lend clips of those sizes; tells which are lent, and gives one back. */
  function lending(most: number, ...sizes: number[]) {
    const room = new LentBytes(most);
    const lent: number[] = [];
    const ends = sizes.map((bytes) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      void room.during(bytes, async () => {
        lent.push(bytes);
        await promise;
      });
      return resolve;
    });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    return { lent, end: (n: number) => ends[n]?.(), settled };
  }

  it('have no more bytes together than there is room for, and come in their order', async () => {
    const { lent, end, settled } = lending(100, 60, 50, 30);
    await settled();
    expect(lent).toEqual([60]);
    end(0);
    await settled();
    expect(lent).toEqual([60, 50, 30]);
  });

  it('are lent alone when one is larger than that', async () => {
    const { lent, end, settled } = lending(100, 10, 500, 20);
    await settled();
    expect(lent).toEqual([10]);
    end(0);
    await settled();
    expect(lent).toEqual([10, 500]);
    end(1);
    await settled();
    expect(lent).toEqual([10, 500, 20]);
  });

  it('make room when they fail', async () => {
    const room = new LentBytes(10);
    await expect(room.during(10, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await room.during(10, async () => 'lent')).toBe('lent');
  });
});
