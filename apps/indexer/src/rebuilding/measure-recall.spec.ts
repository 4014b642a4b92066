import { Collection } from '@earshot/vectors';
import { directions } from '@earshot/vectors/testing';
import { jest } from '@jest/globals';
import { TestLibrary } from '../testing/test-library.js';
import { measureRecall } from './measure-recall.js';

describe('the recall of a collection', () => {
  let library: TestLibrary;
  beforeAll(async () => {
    library = await TestLibrary.start();
  }, 60_000);
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => library.stop());

  async function measured() {
    const version = await library.makeVersion();
    await library.keeper.keep(version);
    const parts = { database: library.database, store: library.store, vectors: library.vectors };
    return measureRecall({ ...parts, version: await library.version(version), onPage: async () => undefined });
  }

  it('is null where there are no two to compare', async () => {
    await library.add(directions(1, 45));
    expect(await measured()).toEqual({ tried: 1, recall: null });
  }, 60_000);

  it('is 1 of a small collection, and counts no sample for being found by itself', async () => {
    await library.add(directions(40, 45, { seed: 2 }));
    expect(await measured()).toEqual({ tried: 41, recall: 1 });
    const ids = (await library.workspace.samples.page({}, null, 100)).map(({ clipId }) => clipId);
    let asked = 0;
    const itself = async (vectors: readonly Float32Array[]) => vectors.map(() => [{ id: ids[asked++]!, distance: 0 }]);
    jest.spyOn(Collection.prototype, 'nearestOfEach').mockImplementation(itself);
    expect(await measured()).toEqual({ tried: 41, recall: 0 });
  }, 60_000);
});
