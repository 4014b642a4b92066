import 'reflect-metadata';
import { EarshotError, type extractFeatures } from '@earshot/contracts';
import type { ClaimedItem } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { jest } from '@jest/globals';
import { type Chunk, type ChunkBench, chunkOf, digit, type HandlerParts, itemsOf, startChunkBench } from '../testing/chunk-bench.js';
import { ExtractFeaturesHandler } from './extract-features.handler.js';

const profiles = ['talent-37@1', 'logmel-128@1'];
const recipes = profiles.map((id) => getProfile(id).hash);

describe('the features of a chunk of clips', () => {
  let bench: ChunkBench;
  let parts: HandlerParts & { close(): Promise<void> };

  beforeAll(async () => {
    bench = await startChunkBench();
  });
  afterAll(() => bench.stop());
  beforeEach(async () => {
    parts = await bench.open();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await parts.close();
  });

  async function extract(items: ClaimedItem[], onEnd?: (chunk: Chunk<typeof extractFeatures>) => void) {
    const { context, results, errors } = chunkOf<typeof extractFeatures>(parts, items, onEnd);
    const { calls, database, store } = parts;
    await new ExtractFeaturesHandler(calls, database, store).run({ profiles }, context);
    return { results, errors };
  }

  const kept = async (items: ClaimedItem[]) =>
    (
      await parts.workspace.derived.find(
        items.flatMap(({ sha256 }) => sha256 ?? []),
        recipes,
      )
    ).map(({ sha256 }) => items.findIndex((item) => item.sha256 === sha256));

  it('are computed once for audio that two of them share, and given to both', async () => {
    const run = jest.spyOn(parts.sandbox, 'run');
    const items = await itemsOf(parts, digit('0_george_0'), digit('3_jackson_5'), digit('0_george_0'));
    const { results, errors } = await extract(items);
    expect(errors.size).toBe(0);
    expect(run).toHaveBeenCalledTimes(2);
    expect(results.get(2)).toEqual(results.get(0));
    expect(results.get(2)).not.toEqual(results.get(1));
    expect((await kept(items)).sort()).toEqual([0, 0, 1, 1]);
  });

  it('are kept and found again, and are what was computed', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), digit('3_jackson_5'));
    const first = await extract(items);
    const run = jest.spyOn(parts.sandbox, 'run');
    expect(await extract(items)).toEqual(first);
    expect(first.results.size).toBe(2);
    expect(run).not.toHaveBeenCalled();
  });

  it('are computed and kept again where the blob that held them is lost', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), digit('3_jackson_5'));
    const first = await extract(items);
    const packOf = async () => {
      const { packSha256 } = await parts.database.prisma.derived.findFirstOrThrow({ where: { packSha256: { not: null } } });
      return { workspaceId: parts.workspace.id, sha256: packSha256 ?? '' };
    };
    expect(await parts.store.remove(await packOf(), { untouchedSince: new Date(Date.now() + 10_000) })).toBe(true);
    expect(await extract(items)).toEqual(first);
    expect(await parts.store.exists(await packOf())).toBe(true);
    expect((await kept(items)).sort()).toEqual([0, 0, 1, 1]);
    const run = jest.spyOn(parts.sandbox, 'run');
    await extract(items);
    expect(run).not.toHaveBeenCalled();
  });

  it('are kept beside a file that is no audio and one that is lost, which alone have errors', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), Buffer.from('no audio at all'), 'lost', digit('3_jackson_5'));
    const { results, errors } = await extract(items);
    expect([...results.keys()].sort()).toEqual([0, 3]);
    expect(Object.fromEntries(errors)).toEqual({ 1: 'AUDIO_FORMAT_UNKNOWN', 2: 'BLOB_LOST' });
    expect((await kept(items)).sort()).toEqual([0, 0, 3, 3]);
  });

  it('are kept when the disk fails for another clip: the next attempt need not compute them', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), digit('3_jackson_5'));
    const localFile = parts.store.localFile.bind(parts.store);
    jest.spyOn(parts.store, 'localFile').mockImplementation(async (ref) => {
      if (ref.sha256 === items[0]?.sha256) throw new EarshotError('STORAGE_UNAVAILABLE', 'EIO');
      return localFile(ref);
    });
    const { errors } = await extract(items);
    expect([...errors]).toEqual([[0, 'STORAGE_UNAVAILABLE']]);
    expect(await kept(items)).toEqual([1, 1]);
  });

  it('are kept when the task is aborted while another clip is computed', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), noise(1_200));
    const reason = new EarshotError('SHUTTING_DOWN', 'The worker is ending');
    const { results } = await extract(items, ({ abort }) => abort.abort(reason));
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
