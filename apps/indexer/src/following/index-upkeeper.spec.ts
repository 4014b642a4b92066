import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SampleSearch } from '@earshot/vectors';
import { directions } from '@earshot/vectors/testing';
import { embedderName, TestLibrary } from '../testing/test-library.js';
import { IndexUpkeeper } from './index-upkeeper.js';

const log = { info: () => undefined, warn: () => undefined };

describe('the upkeep of indexes', () => {
  let library: TestLibrary;
  let upkeepers: IndexUpkeeper[];
  beforeAll(async () => {
    library = await TestLibrary.start();
    upkeepers = [1, 2].map(() => new IndexUpkeeper(library.database, library.keeper, library.vectors, log));
    for (const upkeeper of upkeepers) upkeeper.start();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(upkeepers.map((upkeeper) => upkeeper.stop()));
    await library.stop();
  });

  const query = { embedder: embedderName, n: 10, foldCopies: false };
  const found = async (id: string) => {
    const { results } = await new SampleSearch(library.database, library.vectors).likeSample(library.workspace.id, id, query);
    return results.map(({ clipId }) => clipId);
  };
  async function until(condition: () => Promise<boolean>, limitMs = 30_000): Promise<void> {
    for (const endMs = Date.now() + limitMs; !(await condition()); await sleep(50)) if (Date.now() > endMs) throw new Error('not in time');
  }
  async function filled() {
    const version = await library.makeVersion();
    await library.keeper.keep(version);
    return version;
  }

  it('follows changes of what is asked, and never tells what was deleted', async () => {
    const ids = await library.add(directions(200, 45));
    await library.makeLive(await filled());
    for (const id of ids.slice(0, 20)) expect((await found(id))[0]).toBe(id);
    const [added] = await library.add(directions(1, 45, { seed: 2 }));
    await until(async () => (await found(added!).catch(() => []))[0] === added);
    for (const gone of ids.slice(0, 20)) {
      const [, near] = await found(gone);
      await library.workspace.clips.delete(gone, { force: true });
      expect(await found(near!)).not.toContain(gone);
      expect(await found(near!)).toHaveLength(10);
    }
  }, 60_000);

  it('follows what a gateway of an earlier release has done, which tells nobody', async () => {
    const [id] = await library.add(directions(1, 45, { seed: 3 }));
    await until(async () => (await found(id!).catch(() => []))[0] === id);
    await library.database.prisma.datasetEntry.deleteMany({ where: { clipId: id! } });
    const { collection } = (await library.workspace.indexes.live(embedderName))!;
    const upkeeper = new IndexUpkeeper(library.database, library.keeper, library.vectors, log);
    upkeeper.start();
    const vectorsOf = () => library.vectors.ask(collection, (asked) => asked.vectorsOf([id!]));
    await until(async () => (await vectorsOf()).length === 0).finally(() => upkeeper.stop());
  }, 60_000);

  it('has searches wait while what was erased is written anew, and answers as before then', async () => {
    const ids = (await library.workspace.samples.page({}, null, 20)).map(({ clipId }) => clipId);
    const answers = () => Promise.all(ids.map(found));
    const before = await answers();
    await library.chroma.kill();
    await expect(found(ids[0]!)).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    await library.chroma.restart({ erased: true });
    await until(async () => {
      const now = await found(ids[0]!).catch((error: unknown) => error);
      if (Array.isArray(now)) expect(now).toEqual(before[0]);
      else expect(now).toMatchObject({ code: 'INDEX_UNAVAILABLE' });
      return Array.isArray(now);
    });
    expect(await answers()).toEqual(before);
  }, 60_000);

  it('removes what nobody asks any more, and what no version names', async () => {
    const former = await library.workspace.indexes.live(embedderName);
    const next = await filled();
    await library.vectors.make(`${library.workspace.id}-of-nobody`);
    const others = `${randomUUID()}-${randomUUID()}`; // of another installation
    await library.vectors.make(others);
    await library.vectors.make(`${next.collection}-filling`); // of an indexer that was overtaken by another
    await library.makeLive(next);
    const versions = async () => (await library.workspace.indexes.list()).map(({ id }) => id);
    await until(async () => (await versions()).length === 1, 60_000); // a version is forgotten when its collection is gone
    expect(await versions()).toEqual([next.id]);
    await until(async () => (await library.vectors.names()).length === 2);
    expect((await library.vectors.names()).sort()).toEqual([next.collection, others].sort());
    expect(former?.id).not.toBe(next.id);
    expect(await found((await library.workspace.samples.page({}, null, 1))[0]!.clipId)).toHaveLength(10);
  }, 90_000);
});
