import type { IndexVersionRow } from '@earshot/database';
import { directions } from '@earshot/vectors/testing';
import { TestLibrary } from '../testing/test-library.js';

describe('the crowding of samples', () => {
  let library: TestLibrary;
  beforeAll(async () => {
    library = await TestLibrary.start('sound-97@1');
  }, 60_000);
  afterAll(() => library.stop());

  /** As far apart as those of sounds are: shorter ones are nearly the same to the embedder. */
  const vectors = (count: number, seed: number) =>
    directions(count, 97, { clusters: 3, seed }).map((vector) => vector.map((value) => 100 * value));
  const clipIds = async () => (await library.workspace.samples.page({}, null, 10_000)).map(({ clipId }) => clipId);
  const crowdingIn = async ({ id }: IndexVersionRow) => library.workspace.indexes.entriesOf(id).crowdingOf(await clipIds());
  const measureAgain = async (version: IndexVersionRow, untilMs?: number) =>
    library.keeper.crowding.measureAgain(await library.version(version), untilMs);
  async function filled() {
    const version = await library.makeVersion();
    await library.keeper.keep(version);
    return version;
  }

  it('is the same in an index that has followed the library and in one that is made anew', async () => {
    const sounds = vectors(300, 1);
    const first = await library.add(sounds.slice(0, 150));
    const followed = await filled();
    const before = await crowdingIn(followed);
    await library.add(sounds.slice(150));
    for (const id of first.slice(0, 30)) await library.workspace.samples.remove(id);
    await library.keeper.keep(await library.version(followed));
    expect(await measureAgain(followed)).toBe(true);

    const anew = await crowdingIn(await filled());
    const now = await crowdingIn(followed);
    expect(now.size).toBe(270);
    for (const [id, crowding] of anew) expect(now.get(id)).toBeCloseTo(crowding, 5);
    expect([...before].some(([id, crowding]) => Math.abs((now.get(id) ?? crowding) - crowding) > 0.01)).toBe(true); // others have come
  }, 60_000);

  it('is measured when the collection was filled, and again only when it has changed', async () => {
    const version = await filled();
    expect(await library.version(version)).toMatchObject({ crowdingMark: (await library.version(version)).mark });
    const [id] = await clipIds();
    const entries = library.workspace.indexes.entriesOf(version.id);
    await entries.keepCrowding([{ clipId: id!, crowding: 7 }]);
    expect(await measureAgain(version)).toBe(true);
    expect(await entries.crowdingOf([id!])).toEqual(new Map([[id, 7]]));
    await library.add(vectors(1, 3));
    await library.keeper.keep(await library.version(version));
    for (let calls = 1; !(await measureAgain(version, 0)); calls++) expect(calls).toBeLessThan(20); // a page at a time
    expect((await entries.crowdingOf([id!])).get(id!)).toBeLessThan(1);
  }, 60_000);
});
