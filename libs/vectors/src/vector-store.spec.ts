import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nearestAmong } from './nearest-among.js';
import { directions } from './testing/directions.js';
import { TestChroma } from './testing/test-chroma.js';
import { VectorStore } from './vector-store.js';

describe('the vector store', () => {
  let chroma: TestChroma;
  let store: VectorStore;
  const rows = directions(2_000, 97).map((vector, i) => ({ id: `clip-${String(i).padStart(4, '0')}`, vector }));

  beforeAll(async () => {
    chroma = await TestChroma.start();
    store = new VectorStore({ url: chroma.url });
  }, 60_000);
  afterAll(() => chroma.stop());

  /** Of the ten that exact search finds for each of 200. */
  async function recall(name: string): Promise<number> {
    let right = 0;
    const tried = rows.filter((_, i) => i % 10 === 3);
    for (const { id, vector } of tried) {
      const found = await store.ask(name, (collection) => collection.nearest(vector, 10));
      expect(found[0]).toEqual({ id, distance: expect.closeTo(0, 5) });
      const exact = new Set(
        nearestAmong(vector, rows)
          .slice(0, 10)
          .map((row) => row.id),
      );
      right += found.filter((row) => exact.has(row.id)).length;
    }
    return right / (10 * tried.length);
  }

  it('finds what exact search finds among 2,000, also after it was killed and after it was erased and filled anew', async () => {
    await (await store.make('all')).put(rows);
    expect(await recall('all')).toBeGreaterThanOrEqual(0.99);
    await chroma.kill();
    await chroma.restart();
    expect(await recall('all')).toBeGreaterThanOrEqual(0.99);
    await chroma.kill();
    await chroma.restart({ erased: true });
    await expect(recall('all')).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    await (await store.make('all')).put(rows);
    expect(await recall('all')).toBeGreaterThanOrEqual(0.99);
  }, 120_000);

  it('gives back what it was given, and forgets what is removed', async () => {
    const collection = await store.make('few');
    await collection.put(rows.slice(0, 5));
    await collection.put(rows.slice(3, 8));
    await collection.remove(['clip-0001', 'clip-9999']);
    expect(await collection.count()).toBe(7);
    const [first] = await collection.vectorsOf(['clip-0004', 'clip-0001']);
    expect(first).toMatchObject({ id: 'clip-0004' });
    for (const [i, value] of (first?.vector ?? []).entries()) expect(value).toBeCloseTo(rows[4]!.vector[i]!, 6);
    const ids: string[] = [];
    for await (const page of collection.ids()) ids.push(...page);
    expect(ids.sort()).toEqual(['clip-0000', 'clip-0002', 'clip-0003', 'clip-0004', 'clip-0005', 'clip-0006', 'clip-0007']);
    expect((await collection.nearest(rows[1]!.vector, 10)).map(({ id }) => id)).not.toContain('clip-0001');
  });

  it('knows its collections by name, whatever they were called before', async () => {
    await (await store.make('old')).put(rows.slice(0, 3));
    await store.rename('old', 'new');
    expect(await store.find('old')).toBeNull();
    expect(await (await store.find('new'))?.count()).toBe(3);
    expect(await store.names()).toEqual(expect.arrayContaining(['new']));
    await store.remove('new');
    await store.remove('new');
    expect(await store.names()).not.toContain('new');
    await expect(store.rename('old', 'new')).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    for (const name of ['one', 'other']) await store.make(name);
    await expect(store.rename('one', 'other')).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
  });

  it('keeps a mark with a collection, also when it is renamed', async () => {
    const collection = await store.make('marked');
    expect(await store.markOf('marked')).toBe(0);
    await collection.leave(41);
    await store.make('marked');
    expect(await store.markOf('marked')).toBe(41);
    await store.rename('marked', 'marked-before');
    expect(await store.markOf('marked-before')).toBe(41);
  });

  it('leaves alone what is not its own', async () => {
    const url = `${chroma.url}/api/v2/tenants/default_tenant/databases/default_database/collections`;
    await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'somebodys' }) });
    expect((await store.names()).some((name) => name.includes('somebodys'))).toBe(false);
  });

  it('says INDEX_UNAVAILABLE where there is no Chroma, or none that answers', async () => {
    for (const url of [undefined, 'http://127.0.0.1:9']) {
      const away = new VectorStore({ url });
      await expect(away.ping()).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
      await expect(away.find('all')).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    }
    await expect(store.ask('never', (collection) => collection.count())).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
  });

  it.each([
    ['breaks off', 100],
    ['is no JSON', 6],
  ])('says INDEX_UNAVAILABLE where the answer %s', async (_how, promised) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': promised });
      response.write('{"id":', () => response.destroy());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const dying = new VectorStore({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
      await expect(dying.find('all')).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  it('tells no distance above that of opposite directions', async () => {
    const some = rows.slice(0, 200);
    await (await store.make('opposite')).put(some);
    for (const { vector } of some) {
      const opposite = vector.map((value) => -value);
      const found = await store.ask('opposite', (collection) => collection.nearest(opposite, some.length));
      for (const [farthest] of [found, nearestAmong(opposite, some)].map((all) => all.slice(-1))) {
        expect(farthest?.distance).toBeCloseTo(2, 5);
        expect(farthest?.distance).toBeLessThanOrEqual(2);
      }
    }
  }, 60_000);
});
