import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { EarshotError, type embedSamples } from '@earshot/contracts';
import { getProfile } from '@earshot/features';
import type { TaskContext } from '@earshot/queue';
import { jest } from '@jest/globals';
import { LaterResults } from '../derived/later-results.js';
import { type ChunkBench, chunkOf, digit, type HandlerParts, itemsOf, startChunkBench } from '../testing/chunk-bench.js';
import { ClipVectors } from './clip-vectors.js';
import { EmbedSamplesHandler } from './embed-samples.handler.js';

const embedder = 'electro-45@1';

describe('the vectors of samples that an index lacks', () => {
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

  /** A version of an index over samples of these contents; `embed` says how many were unreadable, `kept` how many have a vector. */
  async function plant(...contents: Parameters<typeof itemsOf>[1][]) {
    const { calls, database, store, workspace } = parts;
    const items = await itemsOf(parts, ...contents);
    await workspace.samples.put(items.map(({ clipId }) => ({ clipId: clipId ?? '', label: 'techno' })));
    const id = randomUUID();
    await workspace.indexes.create({ id, embedder, metric: 'cosine', jobId: null });
    const later = new LaterResults(database, store, { warn: () => undefined });
    const handler = new EmbedSamplesHandler(database, new ClipVectors(calls, database, later, store));
    const embed = async () => {
      let unreadable: number | null = null;
      const context = {
        ...chunkOf<typeof embedSamples>(parts, []).context,
        jobId: id,
        outputs: async () => [{ number: 1, samples: items.length, lacking: [null], chunkSamples: 64, chunks: 1 }],
        output: (value: { unreadable: number }) => {
          unreadable = value.unreadable;
        },
      };
      await handler.run({ embedder }, context as unknown as TaskContext<typeof embedSamples>);
      return unreadable;
    };
    const kept = async () => {
      const hashes = items.flatMap(({ sha256 }) => sha256 ?? []);
      return (await workspace.derived.find(hashes, [getProfile('electro-45@1').hash])).length;
    };
    const damage = () => parts.database.prisma.derived.updateMany({ data: { bytes: new Uint8Array(7) } });
    const bytesKept = async () => (await parts.database.prisma.derived.findMany()).map(({ bytes }) => bytes?.length);
    return { embed, kept, damage, bytesKept };
  }

  it('are computed, and a file that is no audio stays without', async () => {
    const { embed, kept } = await plant(digit('0_george_0'), Buffer.from('no audio at all'));
    expect(await embed()).toBe(1);
    expect(await kept()).toBe(1);
  });

  it('are computed again where what was kept is damaged', async () => {
    const { embed, damage, bytesKept } = await plant(digit('0_george_0'));
    await embed();
    await damage();
    expect(await embed()).toBe(0);
    expect(await bytesKept()).toEqual([45 * 4]);
  });

  it.each(['MEMORY_EXCEEDED', 'SANDBOX_CRASHED'] as const)('are lacking where the clip ends with %s each time', async (code) => {
    const { embed, kept } = await plant(digit('0_george_0'));
    const run = jest.spyOn(parts.sandbox, 'run').mockRejectedValue(new EarshotError(code, 'each time'));
    expect(await embed()).toBe(1);
    expect(run).toHaveBeenCalledTimes(3);
    expect(await kept()).toBe(0);
  });

  it('are computed where the sandbox ended only once', async () => {
    const { embed, kept } = await plant(digit('0_george_0'));
    jest.spyOn(parts.sandbox, 'run').mockRejectedValueOnce(new EarshotError('SANDBOX_CRASHED', 'once'));
    expect(await embed()).toBe(0);
    expect(await kept()).toBe(1);
  });

  it('are waited for where the store is away', async () => {
    const { embed } = await plant(digit('0_george_0'));
    jest.spyOn(parts.store, 'localFile').mockRejectedValue(new EarshotError('STORAGE_UNAVAILABLE', 'EIO'));
    await expect(embed()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});
