import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClipSpool } from './clip-spool.js';

describe('the spool of a clip', () => {
  let folder: string;
  let spool: ClipSpool;
  let usedBytes = 0;
  const room = {
    take(bytes: number) {
      usedBytes += bytes;
    },
    giveBack(bytes: number) {
      usedBytes -= bytes;
    },
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clip-spool-spec-'));
    spool = new ClipSpool(() => folder, room);
  });
  afterEach(() => {
    spool.close();
    rmSync(folder, { recursive: true });
  });

  const count = (from: number, length: number) => Float32Array.from({ length }, (_, i) => from + i);
  const fill = (length: number, blockLength: number) => {
    for (let at = 0; at < length; at += blockLength) spool.append(count(at, Math.min(blockLength, length - at)));
  };
  const read = (start: number, length: number) => {
    const target = new Float32Array(length);
    spool.read(start, target);
    return target;
  };

  it('keeps a short clip in memory', () => {
    fill(200_000, 4_096);
    expect(read(65_000, 1_000)).toEqual(count(65_000, 1_000));
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([4_096, 1_000_003, 3_000_000])('gives back what went on in a file, also across the border (blocks of %i)', (blockLength) => {
    fill(3_000_000, blockLength);
    expect(spool.length).toBe(3_000_000);
    expect(readdirSync(folder)).toHaveLength(1);
    for (const start of [0, 65_500, 1_048_000, 2_999_000]) expect(read(start, 1_000)).toEqual(count(start, 1_000));
  });

  it('leaves nothing on the disk when it is closed, and takes no room any more', () => {
    fill(3_000_000, 4_096);
    expect(usedBytes).toBe(4 * (3_000_000 - 1_048_576));
    spool.close();
    expect([usedBytes, readdirSync(folder)]).toEqual([0, []]);
  });

  it('does not give what an earlier clip left in its memory', () => {
    fill(500, 100);
    spool.close();
    spool = new ClipSpool(() => folder, room);
    spool.append(Float32Array.of(7));
    expect(read(0, 1)).toEqual(Float32Array.of(7));
    expect(() => read(0, 2)).toThrow('The spool has 1 values, more were asked for');
  });

  it('shares its memory with no other open one', () => {
    fill(500, 100);
    spool.close();
    spool.close();
    spool = new ClipSpool(() => folder, room);
    const other = new ClipSpool(() => folder, room);
    spool.append(Float32Array.of(1));
    other.append(Float32Array.of(2));
    expect(read(0, 1)).toEqual(Float32Array.of(1));
    other.close();
  });

  it('does not make up values that were never written', () => {
    fill(1_100_000, 100_000);
    expect(() => read(1_099_999, 2)).toThrow('The spool has 1100000 values, more were asked for');
  });
});
