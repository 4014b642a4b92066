import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RowsReader, RowsWriter } from './rows-file.js';

const bytesOf = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe('the rows of a training', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rows-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are read as they were written, each in its part', async () => {
    const writer = await RowsWriter.open(folder);
    await writer.add(bytesOf(1, 2), [2], { part: 't', label: 0, group: 7 });
    await writer.add(bytesOf(3, 4), [2], { part: 'e', label: 1, group: 8 });
    await writer.add(bytesOf(5, 6), [2], { part: 't', label: 1, group: 9 });
    await writer.end(['a', 'b']);
    const reader = new RowsReader(folder);
    const training = reader.part('t');
    expect(reader.labels).toEqual(['a', 'b']);
    expect([training.rows, [...training.row(0)], [...training.row(1)]]).toEqual([2, [1, 2], [5, 6]]);
    expect([...training.labels]).toEqual([0, 1]);
    expect([...(training.groups ?? [])]).toEqual([7, 9]);
    expect([...reader.part('e').row(0)]).toEqual([3, 4]);
    expect(reader.part('v').rows).toBe(0);
    expect(() => training.row(2)).toThrow(RangeError);
    reader.close();
  });

  it('may be longer or shorter, and larger than what is held in memory', async () => {
    const writer = await RowsWriter.open(folder);
    const [rows, frames] = [40, 110_000];
    for (let row = 0; row < 20; row++) {
      const values = new Float32Array(rows * (frames - row)).fill(row);
      await writer.add(new Uint8Array(values.buffer), [rows, frames - row], { part: 'v', label: 0, group: row });
    }
    await writer.end(['a']);
    const reader = new RowsReader(folder);
    const validation = reader.part('v');
    expect(validation.shape).toEqual([rows, frames]);
    for (const row of [0, 13, 19]) {
      const values = validation.row(row);
      expect([values.length, values[0], values.at(-1)]).toEqual([rows * (frames - row), row, row]);
    }
    reader.close();
  });

  it('must agree in what they are', async () => {
    const writer = await RowsWriter.open(folder);
    await writer.add(bytesOf(1, 2), [2], { part: 't', label: 0, group: 0 });
    await expect(writer.add(bytesOf(1, 2, 3), [3], { part: 't', label: 0, group: 0 })).rejects.toThrow('A row of 3 among those of 2');
    await writer.abandon();
  });
});
