import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EarshotError } from '@earshot/contracts';
import { Acceptor, Database, type Workspace, Workspaces } from '@earshot/database';
import { startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import { createLog } from '@earshot/platform';
import { FolderBlobStore } from '@earshot/storage';
import { jest } from '@jest/globals';
import { Sweep } from './sweep.js';

describe('the sweep', () => {
  let postgres: TestPostgres;
  let database: Database;
  let workspace: Workspace;
  let folder: string;
  let store: FolderBlobStore;
  let sweep: Sweep;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    database = new Database({ url: await postgres.createDatabase(), applicationName: 'sweep spec' });
    workspace = await new Workspaces(database).named('default');
    folder = await mkdtemp(join(tmpdir(), 'earshot-sweep-'));
    store = new FolderBlobStore({ folder });
    sweep = new Sweep(database, store, createLog({ service: 'spec', level: 'silent' }));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await store.close();
    await database.close();
    await rm(folder, { recursive: true });
  });

  const soon = -3; // a moment that lies ahead, beyond the tolerance with which touching is judged

  async function upload(content: string): Promise<{ id: string; sha256: string }> {
    const stored = await store.put(workspace.id, Buffer.from(content));
    const clip = { id: randomUUID(), filename: 'a.wav', ...stored };
    await new Acceptor(database).submit({
      requestId: randomUUID(),
      workspaceId: workspace.id,
      createdAt: new Date(),
      clips: [clip],
      job: null,
      keyed: null,
    });
    return clip;
  }
  const isThere = ({ sha256 }: { sha256: string }) => store.exists({ workspaceId: workspace.id, sha256 });

  it('removes the bytes of deleted clips, and no others', async () => {
    const [kept, deleted] = [await upload('kept'), await upload('deleted')];
    await workspace.clips.delete(deleted.id, { force: false });
    await sweep.sweepUnreferenced(soon);
    expect([await isThere(kept), await isThere(deleted)]).toEqual([true, false]);
  });

  it('leaves them alone for the grace time', async () => {
    const clip = await upload('fresh');
    await workspace.clips.delete(clip.id, { force: false });
    await sweep.sweepUnreferenced();
    expect(await isThere(clip)).toBe(true);
  });

  it('removes bytes that no row speaks of, and no others', async () => {
    const clip = await upload('kept');
    const stray = await store.put(workspace.id, Buffer.from('stray'));
    await sweep.sweepStrays();
    expect(await isThere(stray)).toBe(true); // not yet: its request may still be under way
    await sweep.sweepStrays(soon);
    expect([await isThere(clip), await isThere(stray)]).toEqual([true, false]);
  });

  it('goes on past bytes that cannot be removed, and offers them again', async () => {
    const clips = [await upload('one'), await upload('stubborn'), await upload('three')];
    for (const { id } of clips) await workspace.clips.delete(id, { force: false });
    const remove = store.remove.bind(store);
    const stubborn = jest.spyOn(store, 'remove').mockImplementation(async (ref, options) => {
      if (ref.sha256 === clips[1]?.sha256) throw new EarshotError('STORAGE_UNAVAILABLE', 'EIO');
      return remove(ref, options);
    });
    await sweep.sweepUnreferenced(soon);
    expect(await Promise.all(clips.map(isThere))).toEqual([false, true, false]);
    stubborn.mockRestore();
    await sweep.sweepUnreferenced(soon);
    expect(await Promise.all(clips.map(isThere))).toEqual([false, false, false]);
  });

  it('goes on past strays that cannot be removed', async () => {
    const strays = [await store.put(workspace.id, Buffer.from('1')), await store.put(workspace.id, Buffer.from('2'))];
    const remove = store.remove.bind(store);
    jest
      .spyOn(store, 'remove')
      .mockImplementationOnce(() => Promise.reject(new Error('EIO')))
      .mockImplementation(remove);
    await sweep.sweepStrays(soon);
    expect((await Promise.all(strays.map(isThere))).filter(Boolean)).toHaveLength(1);
  });
});
