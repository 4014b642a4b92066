import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, DerivedRepository } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { jest } from '@jest/globals';
import { type ClipRows, TrainingRows, tellOfRows } from './training-rows.js';

describe('the rows of a training', () => {
  it('are told of while they are written, page by page, so that a task of a million is not taken for stalled', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rows-'));
    const find = jest.spyOn(DerivedRepository.prototype, 'find').mockImplementation(async (hashes) => {
      return hashes.map((sha256) => ({ sha256, recipe: 'p', shape: [2], facts: {}, place: { bytes: new Uint8Array(8) } }));
    });
    const clip = (index: number): ClipRows => ({
      item: {
        index,
        sha256: `${index}`,
        clipId: null,
        customId: null,
        filename: null,
        sizeBytes: null,
        deleted: false,
        state: 'succeeded',
      },
      note: { part: 't', label: 0, group: index },
      recipes: ['p'],
    });
    async function* pages() {
      yield [clip(0), clip(1)];
      yield [clip(2), clip(3)];
      yield [clip(4)];
    }
    const told: object[] = [];
    const progress = async (of: object) => void told.push(of);
    const rows = new TrainingRows({} as Database, {} as BlobStore);
    const written = await rows.write(folder, ['a'], 'w', pages(), tellOfRows({ progress }, { labelOf: new Int32Array(5) }));
    expect(written.training).toBe(5);
    expect(told).toEqual([
      { step: 2, of: 5, figures: {} },
      { step: 4, of: 5, figures: {} },
    ]);
    find.mockRestore();
    rmSync(folder, { recursive: true });
  });
});
