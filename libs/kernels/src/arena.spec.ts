import { loadKernels } from './kernels.js';

describe('the arena', () => {
  const { arena } = loadKernels();

  it('aligns what it gives to 16 bytes', () => {
    arena.take(1);
    expect(arena.take(4) % 16).toBe(0);
    expect(arena.keep(5) % 16).toBe(0);
  });

  it('gives scratch again after a release, and grows no further', () => {
    const mark = arena.mark();
    const first = arena.take(3_000_000);
    const second = arena.take(10);
    const size = arena.sizeBytes;
    arena.release(mark);
    expect([arena.take(3_000_000), arena.take(10), arena.sizeBytes]).toEqual([first, second, size]);
    arena.release(mark);
  });

  it('releases what failed work took', () => {
    const before = arena.mark();
    expect(() =>
      arena.scoped(() => {
        arena.take(64);
        throw new Error('failed');
      }),
    ).toThrow('failed');
    expect(arena.mark()).toEqual(before);
  });

  it('never gives kept memory as scratch', () => {
    const mark = arena.mark();
    const table = arena.keepTable(Float32Array.of(1, 2, 3));
    for (let i = 0; i < 40; i++) arena.f32(arena.take(100_000), 25_000).fill(7);
    expect(Array.from(arena.f32(table, 3))).toEqual([1, 2, 3]);
    arena.release(mark);
  });
});
