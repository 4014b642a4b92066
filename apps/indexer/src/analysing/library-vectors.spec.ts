import type { ReadItem } from '@earshot/database';
import { directions } from '@earshot/vectors/testing';
import { embedderName, TestLibrary } from '../testing/test-library.js';
import { LibraryReader } from './library-vectors.js';

describe('the library as a matrix', () => {
  let library: TestLibrary;
  beforeAll(async () => {
    library = await TestLibrary.start();
  }, 60_000);
  afterAll(() => library.stop());

  it('leaves out samples whose vector is lost or damaged, and has all others of their page', async () => {
    const ids = await library.add(directions(5, 45));
    const [lost, damaged] = await Promise.all(ids.slice(0, 2).map((id) => library.workspace.clips.get(id)));
    await library.store.put(library.workspace.id, new Uint8Array(9)); // the store is there, the pack is not
    const change = (sha256: string, data: object) => library.database.prisma.derived.updateMany({ where: { sha256 }, data });
    await change(lost!.sha256, { bytes: null, packSha256: 'a'.repeat(64), packStart: 0, packBytes: 180 });
    await change(damaged!.sha256, { bytes: new Uint8Array(17) });
    const reader = new LibraryReader(library.database, library.store);
    async function* readItems() {
      for (const clipId of ids) {
        const { sha256 } = await library.workspace.clips.get(clipId);
        yield { clipId, sha256, state: 'succeeded' } as ReadItem;
      }
    }
    const context = { workspaceId: library.workspace.id, signal: new AbortController().signal, readItems };
    const { samples, counts, vectors } = await reader.read({ profile: embedderName, profileHash: library.recipe, most: 10 }, context);
    expect(samples.map(({ clipId }) => clipId)).toEqual(ids.slice(2).sort());
    expect(counts).toEqual({ samples: 5, withoutVector: 2, considered: 3 });
    expect(vectors.rows).toBe(3);
  });
});
