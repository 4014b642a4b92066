import { setTimeout as sleep } from 'node:timers/promises';
import { BlobLedger } from './blob.repository.js';
import type { Derived } from './derived.js';
import { Acceptor } from './hot/accept.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleClip, sampleRequest } from './testing/sample.js';
import { Workspaces } from './workspace.js';

describe('results that are kept', () => {
  const fresh = freshDatabase();

  const clip = sampleClip('sound');
  const audio = clip.sha256;
  beforeEach(() => new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, [clip], { job: null })));

  const pack = { sha256: 'b'.repeat(64), sizeBytes: 300 };
  const small: Derived = {
    sha256: audio,
    recipe: 'small',
    shape: [2],
    facts: { decoder: 'x' },
    place: { bytes: Uint8Array.of(0, 1, 254, 255) },
  };
  const large: Derived = {
    sha256: audio,
    recipe: 'large',
    shape: [3, 25],
    facts: {},
    place: { pack: pack.sha256, start: 100, length: 200 },
  };
  const references = async () => (await fresh.database.prisma.blob.findFirst({ where: { sha256: pack.sha256 } }))?.references;

  it('come back as they were, those of a blob with their place in it', async () => {
    await fresh.workspace.derived.keep([small, large], [pack]);
    const found = await fresh.workspace.derived.find([audio, 'c'.repeat(64)], ['small', 'large', 'other']);
    expect(found.map((result) => result.recipe).sort()).toEqual(['large', 'small']);
    const [foundLarge, foundSmall] = found.sort((a, b) => a.recipe.localeCompare(b.recipe));
    expect(foundLarge).toEqual(large);
    expect(foundSmall).toMatchObject({ shape: [2], facts: { decoder: 'x' } });
    expect([...(foundSmall && 'bytes' in foundSmall.place ? foundSmall.place.bytes : [])]).toEqual([0, 1, 254, 255]);
  });

  it('do not exist for another workspace', async () => {
    await fresh.workspace.derived.keep([small], []);
    expect(await (await new Workspaces(fresh.database).named('other')).derived.find([audio], ['small'])).toEqual([]);
  });

  it('stay what they were when they are computed a second time', async () => {
    await fresh.workspace.derived.keep([large], [pack]);
    const again = { sha256: 'd'.repeat(64), sizeBytes: 300 };
    await fresh.workspace.derived.keep([{ ...large, place: { pack: again.sha256, start: 0, length: 200 } }], [again]);
    expect(await fresh.workspace.derived.find([audio], ['large'])).toEqual([large]);
    expect(await references()).toBe(1);
    const removed: string[] = [];
    await new BlobLedger(fresh.database).sweep(async ({ sha256 }) => removed.push(sha256) > 0, { olderThanSeconds: 0 });
    expect(removed).toEqual([again.sha256]);
  });

  it('go with the bytes they were computed from, and let go of their blob', async () => {
    await fresh.workspace.derived.keep([large], [pack]);
    await fresh.workspace.clips.delete(clip.id, { force: false });
    expect(await references()).toBe(1);
    expect(await new BlobLedger(fresh.database).sweep(async () => true, { olderThanSeconds: 0 })).toBe(2); // the sound, then its results
    expect(await fresh.workspace.derived.find([audio], ['large'])).toEqual([]);
    expect(await references()).toBeUndefined();
  });

  it('are not kept when those bytes have gone meanwhile, and their blob is left to the sweep', async () => {
    await fresh.workspace.clips.delete(clip.id, { force: false });
    const ledger = new BlobLedger(fresh.database);
    let keeping: Promise<void> = Promise.resolve();
    await ledger.sweep(
      async () => {
        keeping = fresh.workspace.derived.keep([small, large], [pack]); // waits for the sweep, which holds the row
        await sleep(200);
        return true;
      },
      { olderThanSeconds: 0 },
    );
    await keeping;
    expect(await fresh.database.prisma.derived.count()).toBe(0);
    expect(await references()).toBe(0);
    expect(await ledger.sweep(async () => true, { olderThanSeconds: 0 })).toBe(1);
    expect(await references()).toBeUndefined();
  });

  it('are forgotten and kept again when their blob is lost', async () => {
    await fresh.workspace.derived.keep([small, large], [pack]);
    await fresh.workspace.derived.discard([small, large]);
    expect((await fresh.workspace.derived.find([audio], ['small', 'large'])).map(({ recipe }) => recipe)).toEqual(['small']);
    expect(await references()).toBe(0);
    await fresh.workspace.derived.keep([large], [pack]);
    await fresh.workspace.derived.discard([{ ...large, place: { pack: 'another that was lost before', start: 0, length: 1 } }]);
    expect(await fresh.workspace.derived.find([audio], ['large'])).toEqual([large]);
    expect(await references()).toBe(1);
  });

  it('are forgotten where they are damaged, small ones too', async () => {
    await fresh.workspace.derived.keep([small, large], [pack]);
    await fresh.workspace.derived.discardDamaged([small, large]);
    expect(await fresh.workspace.derived.find([audio], ['small', 'large'])).toEqual([]);
    expect(await references()).toBe(0);
  });

  it('are kept and found by many at once: each gets what it asked for, and a pack that all of them made is counted once', async () => {
    const others = ['second', 'third'].map((content) => sampleClip(content));
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, others, { job: null }));
    const { derived } = fresh.workspace;
    const vectorOf = (sha256: string): Derived => ({ ...small, sha256, facts: { decoder: sha256 } });
    const sources = [audio, ...others.map(({ sha256 }) => sha256)];
    await Promise.all([derived.keep([large], [pack]), ...sources.map((sha256) => derived.keep([vectorOf(sha256), large], [pack]))]);
    expect(await references()).toBe(1);
    const found = await Promise.all([...sources, 'd'.repeat(64)].map((sha256) => derived.find([sha256, sha256], ['small'])));
    expect(found.map((results) => results.map(({ facts }) => facts))).toEqual([...sources.map((sha256) => [{ decoder: sha256 }]), []]);
  });
});
