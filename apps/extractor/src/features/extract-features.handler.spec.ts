import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EarshotError, extractFeatures, type Features } from '@earshot/contracts';
import { type ClaimedItem, Database, type Workspace, Workspaces } from '@earshot/database';
import { startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import { getProfile } from '@earshot/features';
import { Sandbox } from '@earshot/sandbox';
import { FolderBlobStore } from '@earshot/storage';
import { jest } from '@jest/globals';
import { ClipFiles } from '../clip-files.js';
import { ExtractFeaturesHandler } from './extract-features.handler.js';

const profiles = ['talent-37@1', 'logmel-128@1'];
const recipes = profiles.map((id) => getProfile(id).hash);
const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const digit = (name: string) => readFileSync(new URL(`../../../../samples/${name}.wav`, import.meta.url));

describe('the features of a chunk of clips', () => {
  let postgres: TestPostgres;
  let database: Database;
  let workspace: Workspace;
  let sandbox: Sandbox;
  let store: FolderBlobStore;
  let folder: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    sandbox = new Sandbox({ children: 2, log: silentLog });
  });
  afterAll(async () => {
    await sandbox.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'extract-features-spec-'));
    store = new FolderBlobStore({ folder });
    database = new Database({ url: await postgres.createDatabase(), applicationName: 'extract-features-spec' });
    workspace = await new Workspaces(database).named('default');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await store.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  async function itemsOf(...contents: (Uint8Array | 'lost')[]): Promise<ClaimedItem[]> {
    const items: ClaimedItem[] = [];
    for (const [index, bytes] of contents.entries()) {
      const blob = bytes === 'lost' ? { sha256: 'f'.repeat(64), sizeBytes: 1 } : await store.put(workspace.id, bytes);
      items.push({ index, customId: null, clipId: null, filename: null, deleted: false, ...blob });
    }
    return items;
  }

  /** Runs the handler as a worker does; `onEnd` hears of each item that ended. */
  async function extract(items: ClaimedItem[], onEnd: (abort: AbortController) => void = () => undefined) {
    const abort = new AbortController();
    const { signal } = abort;
    const results = new Map<number, Features>();
    const errors = new Map<number, string>();
    const item = async (index: number, work: () => Promise<Features>) => {
      try {
        results.set(index, await work());
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof EarshotError && extractFeatures.itemErrors.some((code) => code === error.code))) throw error;
        errors.set(index, error.code);
      }
      onEnd(abort);
    };
    const handler = new ExtractFeaturesHandler(new ClipFiles(store), sandbox, database, store);
    const context = { taskId: 1, attempt: 1, jobId: 'job', workspaceId: workspace.id, items, item, signal };
    const fault = await handler.run({ profiles }, context).then(
      () => null,
      (error: unknown) => error,
    );
    return { results, errors, fault };
  }

  const kept = async (items: ClaimedItem[]) =>
    (
      await workspace.derived.find(
        items.flatMap(({ sha256 }) => sha256 ?? []),
        recipes,
      )
    ).map(({ sha256 }) => items.findIndex((item) => item.sha256 === sha256));

  it('are computed once for audio that two of them share, and given to both', async () => {
    const run = jest.spyOn(sandbox, 'run');
    const items = await itemsOf(digit('0_george_0'), digit('3_jackson_5'), digit('0_george_0'));
    const { results, fault } = await extract(items);
    expect(fault).toBeNull();
    expect(run).toHaveBeenCalledTimes(2);
    expect(results.get(2)).toEqual(results.get(0));
    expect(results.get(2)).not.toEqual(results.get(1));
    expect((await kept(items)).sort()).toEqual([0, 0, 1, 1]);
  });

  it('are kept and found again, and are what was computed', async () => {
    const items = await itemsOf(digit('0_george_0'), digit('3_jackson_5'));
    const first = await extract(items);
    const run = jest.spyOn(sandbox, 'run');
    expect(await extract(items)).toEqual(first);
    expect(first.results.size).toBe(2);
    expect(run).not.toHaveBeenCalled();
  });

  it('are kept beside a file that is no audio, which alone has an error', async () => {
    const items = await itemsOf(digit('0_george_0'), Buffer.from('no audio at all'), digit('3_jackson_5'));
    const { results, errors, fault } = await extract(items);
    expect(fault).toBeNull();
    expect([...results.keys()].sort()).toEqual([0, 2]);
    expect([...errors]).toEqual([[1, 'AUDIO_FORMAT_UNKNOWN']]);
    expect((await kept(items)).sort()).toEqual([0, 0, 2, 2]);
  });

  it('are kept when the task fails by a fault that is none of the clips: its next attempt need not compute them', async () => {
    const items = await itemsOf('lost', digit('0_george_0'));
    const { fault } = await extract(items);
    expect(fault).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await kept(items)).toEqual([1, 1]);
  });

  it('are kept when the task is aborted while another clip is computed', async () => {
    const items = await itemsOf(digit('0_george_0'), noise(1_200));
    const reason = new EarshotError('SHUTTING_DOWN', 'The worker is ending');
    const { results, fault } = await extract(items, (abort) => abort.abort(reason));
    expect(fault).toBe(reason);
    expect([...results.keys()]).toEqual([0]);
    expect(await kept(items)).toEqual([0, 0]);
  });
});

/** A WAV of 8 kHz, mono, 16 bits. */
function noise(seconds: number): Uint8Array {
  const sampleBytes = 2 * 8_000 * seconds;
  const wav = Buffer.concat([digit('0_george_0').subarray(0, 44), Buffer.alloc(sampleBytes)]);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.writeUInt32LE(sampleBytes, 40);
  for (let at = 44, state = 1; at < wav.length; at += 2) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    wav.writeInt16LE(state >> 20, at);
  }
  return wav;
}
