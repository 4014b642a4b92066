import { randomUUID } from 'node:crypto';
import { Database, type IndexVersionRow, type SampleFilter, SampleRepository, type Workspace, Workspaces } from '@earshot/database';
import { startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import { copyCosine, rankAgain, rankedAgain } from '@earshot/learning';
import { jest } from '@jest/globals';
import { Collection } from './collection.js';
import { nearestAmong } from './nearest-among.js';
import { SampleSearch, type SimilarQuery } from './sample-search.js';
import { directions } from './testing/directions.js';
import { plantSamples } from './testing/plant-samples.js';
import { TestChroma } from './testing/test-chroma.js';
import { VectorStore } from './vector-store.js';

const count = 6_000;
const electro = 'electro-45@1';

describe('the search for samples', () => {
  let postgres: TestPostgres;
  let chroma: TestChroma;
  let database: Database;
  let workspace: Workspace;
  let store: VectorStore;
  const vectors = directions(count, 45);
  let rows: { id: string; vector: Float32Array; crowding: number }[];

  beforeAll(async () => {
    [postgres, chroma] = await Promise.all([startTestPostgres(), TestChroma.start()]);
    database = new Database({ url: await postgres.createDatabase(), applicationName: 'vectors-spec' });
    workspace = await new Workspaces(database).named('default');
    store = new VectorStore({ url: chroma.url });
    const ids = await plantSamples({ database, workspace, recipe: 'none' }, vectors);
    rows = vectors.map((vector, i) => ({ id: ids[i]!, vector, crowding: (i % 7) / 20 }));
    // Rare: every fortieth. Of one cluster: those that lie nearest to each other, and far from all others.
    await workspace.samples.put(
      ids.map((clipId, i) => ({
        clipId,
        author: i % 120 === 0 ? 'cluster' : 'others',
        tags: [...(i % 40 === 3 ? ['rare'] : []), ...(i % 120 === 0 ? [] : ['not of the cluster'])],
      })),
    );
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await Promise.all([postgres.stop(), chroma.stop()]);
  });

  async function makeLive(embedder: string, scaler: object | null): Promise<IndexVersionRow> {
    const id = randomUUID();
    const version = await workspace.indexes.create({ id, embedder, metric: 'cosine', jobId: null });
    if (scaler !== null) await database.prisma.indexVersion.update({ where: { id }, data: { scaler } });
    await (await store.make(version.collection)).put(rows);
    await workspace.indexes.entriesOf(id).keepCrowding(rows.map((row) => ({ clipId: row.id, crowding: row.crowding })));
    await database.prisma.alias.create({
      data: { workspaceId: workspace.id, scope: `index:${embedder}`, name: 'live', target: id, version: 1 },
    });
    return version;
  }
  const search = () => new SampleSearch(database, store);
  const queryOf = (embedder: string, filter: SampleFilter = {}): SimilarQuery => ({ embedder, n: 10, foldCopies: false, ...filter });

  describe('by cosine alone', () => {
    beforeAll(() => makeLive(electro, { mean: Array(45).fill(0), scale: Array(45).fill(0.5) }), 60_000);

    it.each<[string, SampleFilter, (i: number) => boolean]>([
      ['all', {}, () => true],
      ['half of them', { genre: 'techno' }, (i) => (i % 500) % 2 === 0],
      ['the rare', { tags: ['rare'] }, (i) => i % 40 === 3],
      ['a far cluster', { author: 'cluster' }, (i) => i % 120 === 0],
      ['all but the nearest cluster', { tags: ['not of the cluster'] }, (i) => i % 120 !== 0],
      ['none', { licence: 'of nobody' }, () => false],
    ])(
      'finds among %s what exact search finds',
      async (_name, filter, isLeft) => {
        const left = rows.filter((_, i) => isLeft(i));
        let right = 0;
        let wanted = 0;
        for (let i = 0; i < count; i += 120) {
          const { results } = await search().likeVector(workspace.id, vectors[i]!, queryOf(electro, filter));
          const exact = nearestAmong(vectors[i]!, left).slice(0, 10);
          expect(results).toHaveLength(exact.length);
          const farthest = (exact.at(-1)?.distance ?? 0) + 1e-5;
          right += results.filter(({ distance }) => distance <= farthest).length;
          wanted += exact.length;
        }
        expect(right).toBeGreaterThanOrEqual(0.99 * wanted);
      },
      60_000,
    );

    it('does not take what the index leads to for all that there is', async () => {
      const nearest = jest.spyOn(Collection.prototype, 'nearest').mockResolvedValue([]);
      try {
        const { results } = await search().likeVector(workspace.id, vectors[0]!, queryOf(electro));
        const exact = nearestAmong(vectors[0]!, rows).slice(0, 10);
        expect(results.map(({ clipId }) => clipId)).toEqual(exact.map(({ id }) => id));
      } finally {
        nearest.mockRestore();
      }
    });

    it('holds no more of what a wide filter leaves than it answers', async () => {
      const nearest = jest.spyOn(Collection.prototype, 'nearest').mockResolvedValue([]); // as if all were far
      const page = jest.spyOn(SampleRepository.prototype, 'page');
      try {
        const { results } = await search().likeVector(workspace.id, vectors[0]!, queryOf(electro, { author: 'others' }));
        const exact = nearestAmong(
          vectors[0]!,
          rows.filter((_, i) => i % 120 !== 0),
        ).slice(0, 10);
        expect(results.map(({ clipId }) => clipId)).toEqual(exact.map(({ id }) => id));
        expect(Math.max(...page.mock.calls.map(([, , limit]) => limit))).toBeLessThanOrEqual(10);
      } finally {
        nearest.mockRestore();
        page.mockRestore();
      }
    });

    it('takes only what its profile makes', async () => {
      await expect(search().likeVector(workspace.id, new Float32Array(3), queryOf(electro))).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      });
      await expect(search().likeVector(workspace.id, new Float32Array(3), queryOf('nobody'))).rejects.toMatchObject({
        code: 'EMBEDDER_NOT_FOUND',
      });
    });

    it.each([1e39, -Infinity, Number.NaN, 3e38])('takes no number like %d, which cannot be compared', async (number) => {
      const values = Float32Array.from({ length: 45 }, (_, i) => (i === 3 ? number : 1));
      await expect(search().likeVector(workspace.id, values, queryOf(electro))).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });

    it('says of a sample that is not there, or has no vector, which of both it is', async () => {
      const [lacking] = await plantSamples({ database, workspace, recipe: 'none' }, [null]);
      await expect(search().likeSample(workspace.id, lacking!, queryOf(electro))).rejects.toMatchObject({ code: 'NOT_COMPUTED' });
      await expect(search().likeSample(workspace.id, randomUUID(), queryOf(electro))).rejects.toMatchObject({ code: 'SAMPLE_NOT_FOUND' });
    });
  });

  it('ranks the nearest again where its embedder does so, copies first, and leaves out what has no crowding yet', async () => {
    const version = await makeLive('sound-97@1', null);
    for (const i of [5, 700, 4_001]) {
      const { results } = await search().likeSample(workspace.id, rows[i]!.id, queryOf('sound-97@1'));
      const byId = new Map(rows.map((row) => [row.id, row]));
      const hits = nearestAmong(vectors[i]!, rows)
        .slice(0, rankedAgain)
        .map(({ id, distance }) => ({ id, cosine: 1 - distance, crowding: byId.get(id)!.crowding }));
      const isCopy = ({ cosine }: { cosine: number }) => cosine > copyCosine;
      const ranked = [...hits.filter(isCopy), ...rankAgain(hits.filter((hit) => !isCopy(hit)))];
      expect(results[0]?.clipId).toBe(rows[i]!.id);
      expect(results.map(({ clipId }) => clipId)).toEqual(ranked.slice(0, 10).map(({ id }) => id));
    }
    const [, second] = (await search().likeSample(workspace.id, rows[5]!.id, queryOf('sound-97@1'))).results;
    await database.run({ name: '', text: 'update index_entry set crowding = null where index_version_id = $1 and clip_id = $2' }, [
      version.id,
      second!.clipId,
    ]);
    const { results } = await search().likeSample(workspace.id, rows[5]!.id, queryOf('sound-97@1'));
    expect(results.map(({ clipId }) => clipId)).not.toContain(second!.clipId);
    const itself = await search().likeSample(workspace.id, second!.clipId, queryOf('sound-97@1'));
    expect(itself.results).toHaveLength(10);
    expect(itself.results[0]).toMatchObject({ clipId: second!.clipId });
  }, 60_000);

  it('finds a sample first, and all others behind its copies, however many of these there are', async () => {
    const version = (await workspace.indexes.live('sound-97@1'))!;
    const [sound] = directions(1, 45, { seed: 9 });
    const copies = Array.from({ length: 230 }, () => sound!);
    const ids = (await plantSamples({ database, workspace, recipe: 'none' }, copies)).sort();
    await (await store.make(version.collection)).put(ids.map((id) => ({ id, vector: sound! })));
    await workspace.indexes.entriesOf(version.id).keepCrowding(ids.map((clipId) => ({ clipId, crowding: 0 })));
    const last = ids.at(-1)!;
    const plain = await search().likeSample(workspace.id, last, queryOf('sound-97@1'));
    expect(plain.results[0]).toMatchObject({ clipId: last });
    expect(plain.results).toHaveLength(10);
    for (const n of [10, 50, 200]) {
      const { results, copies: folded } = await search().likeSample(workspace.id, last, { ...queryOf('sound-97@1'), n, foldCopies: true });
      expect(results).toHaveLength(n);
      expect(folded).toHaveLength(200);
      expect(ids).toEqual(expect.arrayContaining(folded.map(({ clipId }) => clipId)));
      expect(folded[0]).toMatchObject({ clipId: last });
    }
  }, 60_000);
});
