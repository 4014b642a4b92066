import { directions } from '@earshot/vectors/testing';
import { TestLibrary } from '../testing/test-library.js';

describe('the keeper of collections', () => {
  let library: TestLibrary;
  beforeAll(async () => {
    library = await TestLibrary.start();
  }, 60_000);
  afterAll(() => library.stop());

  const sounds = (count: number, seed: number) => directions(count, 45, { seed });
  const filled = async () => {
    const version = await library.makeVersion();
    await library.keeper.keep(version);
    return library.version(version);
  };
  const wantedIds = async () => (await library.workspace.samples.page({}, null, 10_000)).map(({ clipId }) => clipId).sort();

  it('says that there is nothing to learn a scaler from', async () => {
    await expect(library.keeper.keep(await library.makeVersion())).rejects.toMatchObject({ code: 'DATASET_TOO_SMALL' });
  });

  it('fills one with every sample that has a vector, and says how many have none', async () => {
    const ids = await library.add(sounds(30, 1));
    const [unreadable] = await library.add([null]);
    const version = await library.makeVersion();
    expect(await library.keeper.keep(version)).toEqual({ isDone: true, written: 30, withoutVector: 1 });
    expect(await library.idsOf(version)).toEqual(ids.sort());
    expect((await library.version(version)).scaler).toEqual({ mean: expect.any(Array), scale: expect.any(Array) });
    await library.workspace.samples.remove(unreadable!);
  });

  it('goes on where it was ended, and shows nobody what is not whole', async () => {
    await library.add(sounds(2_500, 2));
    const version = await library.makeVersion();
    const hidden = async () => expect(await library.vectors.find(version.collection)).toBeNull();
    const killed = async () => {
      await hidden();
      throw new Error('killed');
    };
    await expect(library.keeper.keep(version, { onPage: killed })).rejects.toThrow('killed');
    expect(await library.keeper.keep(version, { onPage: hidden, untilMs: 0 })).toMatchObject({ isDone: false, written: 500 });
    expect(await library.keeper.keep(version, { onPage: hidden })).toMatchObject({ isDone: true, written: 1_530 });
    expect(await library.idsOf(version)).toEqual(await wantedIds());
  }, 60_000);

  it('follows what is added, taken out and deleted', async () => {
    const version = await filled();
    const [added, removed, deleted] = await library.add(sounds(3, 3));
    await library.keeper.keep(version);
    expect(await library.idsOf(version)).toEqual(expect.arrayContaining([added, removed, deleted]));
    await library.workspace.samples.remove(removed!);
    await library.workspace.clips.delete(deleted!, { force: true });
    await library.keeper.keep(version);
    expect(await library.idsOf(version)).toEqual(await wantedIds());
  });

  it('brings in a sample whose vector comes later than itself', async () => {
    const version = await filled();
    const [id] = await library.add([null]);
    expect(await library.keeper.keep(version)).toMatchObject({ withoutVector: 1 });
    const { sha256 } = await library.workspace.clips.get(id!);
    const [other] = await library.add(sounds(1, 4));
    const [kept] = await library.workspace.derived.find([(await library.workspace.clips.get(other!)).sha256], [library.recipe]);
    await library.workspace.derived.keep([{ ...kept!, sha256 }], []);
    expect(await library.keeper.keep(version)).toMatchObject({ withoutVector: 0 });
    expect(await library.idsOf(version)).toContain(id);
  });

  it('leaves out a vector that is lost or damaged, and goes on with the others', async () => {
    const version = await filled();
    const damaged = await library.add(Array.from({ length: 7 }, () => null));
    const [other] = await library.add(sounds(1, 5));
    const [kept] = await library.workspace.derived.find([(await library.workspace.clips.get(other!)).sha256], [library.recipe]);
    const bytesOf = (values: Float32Array) => new Uint8Array(values.buffer);
    const cut = await library.store.put(library.workspace.id, new Uint8Array(90));
    const lost = { sha256: 'a'.repeat(64), sizeBytes: 180 };
    const places = [
      { pack: lost.sha256, start: 0, length: 180 },
      { pack: cut.sha256, start: 0, length: 180 },
      { pack: cut.sha256, start: 180, length: 180 },
      { bytes: bytesOf(new Float32Array(44)) },
      { bytes: new Uint8Array(179) },
      { bytes: bytesOf(new Float32Array(45).fill(Number.NaN)) },
      { bytes: bytesOf(new Float32Array(45).fill(3e38)) }, // more than 32 bits hold once it is scaled
    ];
    for (const [i, place] of places.entries()) {
      const { sha256 } = await library.workspace.clips.get(damaged[i]!);
      const packs = [lost, cut].filter((pack) => 'pack' in place && place.pack === pack.sha256);
      await library.workspace.derived.keep([{ ...kept!, sha256, place }], packs);
    }
    expect(await library.keeper.keep(version)).toEqual({ isDone: true, written: 1, withoutVector: places.length });
    const ids = await library.idsOf(version);
    expect(ids).toContain(other);
    expect(ids.filter((id) => damaged.includes(id))).toEqual([]);
    for (const id of damaged) await library.workspace.samples.remove(id);
  });

  it('writes anew what was erased, and takes out what is a stranger', async () => {
    const version = await filled();
    const before = await library.idsOf(version);
    await library.chroma.kill();
    await expect(library.keeper.keep(version)).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    await library.chroma.restart({ erased: true });
    await library.keeper.keep(version).catch(() => library.keeper.keep(version)); // the first look finds that it is gone
    expect(await library.idsOf(version)).toEqual(before);

    const [vector] = directions(1, 45);
    await library.vectors.ask(version.collection, (collection) => collection.put([{ id: 'stranger', vector: vector! }]));
    await library.keeper.keep(version);
    expect(await library.idsOf(version)).toEqual(before);
    await library.vectors.ask(version.collection, (collection) => collection.remove([before[0]!, before[5]!]));
    await library.keeper.keep(version);
    expect(await library.idsOf(version)).toEqual(before);
  }, 60_000);

  it('writes anew what was brought back from an older copy, also where that has as many', async () => {
    const [gone] = await library.add(sounds(1, 7));
    const version = await filled();
    const copied = await library.idsOf(version);
    await library.chroma.kill();
    await library.chroma.copy();
    await library.chroma.restart();
    await library.workspace.samples.remove(gone!);
    await library.add(sounds(1, 8));
    await library.keeper.keep(await library.version(version));
    const now = await library.idsOf(version);
    await library.chroma.kill();
    await library.chroma.restart({ restored: true });
    expect(await library.idsOf(version)).toEqual(copied);
    await library.keeper.keep(await library.version(version));
    expect(await library.idsOf(version)).toEqual(now);
    expect(now).toHaveLength(copied.length);
    expect(now).not.toEqual(copied);
  }, 60_000);

  it('removes what a version had', async () => {
    const version = await filled();
    await library.keeper.remove(version);
    expect((await library.vectors.names()).some((name) => name.startsWith(version.collection))).toBe(false);
  });

  it('comes to every sample, however little time it has and however many before it have no vector', async () => {
    const version = await filled();
    const mute = await library.add(Array.from({ length: 600 }, () => null));
    const sounding = await library.add(sounds(100, 6));
    const rounds = [];
    for (let round = 0; round < 4; round++) rounds.push(await library.keeper.keep(version, { untilMs: 0 }));
    expect(await library.idsOf(version)).toEqual(expect.arrayContaining(sounding));
    expect(rounds).toContainEqual({ isDone: true, written: 0, withoutVector: mute.length });

    await library.keeper.keep(version, { untilMs: 0 }); // a pass is under way again when these go
    for (const id of mute.slice(0, 2)) await library.workspace.samples.remove(id);
    expect(await library.keeper.keep(version)).toMatchObject({ isDone: true, withoutVector: mute.length - 2 });
  }, 60_000);
});
