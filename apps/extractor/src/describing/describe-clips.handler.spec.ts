import 'reflect-metadata';
import { type describeClips, spectrogramRecipe } from '@earshot/contracts';
import type { ClaimedItem } from '@earshot/database';
import { jest } from '@jest/globals';
import { type ChunkBench, chunkOf, digit, type HandlerParts, itemsOf, startChunkBench } from '../testing/chunk-bench.js';
import { DescribeClipsHandler } from './describe-clips.handler.js';

describe('the descriptions of a chunk of clips', () => {
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

  async function described(items: ClaimedItem[], { spectrogram = false } = {}) {
    const { context, results, errors } = chunkOf<typeof describeClips>(parts, items);
    const { calls, database, store } = parts;
    await new DescribeClipsHandler(calls, database, store).run({ spectrogram }, context);
    return { results, errors };
  }

  const pictured = async (items: ClaimedItem[]) =>
    (
      await parts.workspace.derived.find(
        items.flatMap(({ sha256 }) => sha256 ?? []),
        [spectrogramRecipe],
      )
    ).map(({ sha256 }) => items.findIndex((item) => item.sha256 === sha256));

  it('are there for all but the one whose bytes are lost', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), 'lost', digit('3_jackson_5'));
    const { results, errors } = await described(items);
    expect([...results.keys()].sort()).toEqual([0, 2]);
    expect([...errors]).toEqual([[1, 'BLOB_LOST']]);
  });

  it('come with spectrograms where they are asked for, also beside a lost one and one that is no audio', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), 'lost', Buffer.from('no audio'), digit('3_jackson_5'));
    const { results, errors } = await described(items, { spectrogram: true });
    expect([...results.keys()].sort()).toEqual([0, 3]);
    expect(Object.fromEntries(errors)).toEqual({ 1: 'BLOB_LOST', 2: 'AUDIO_FORMAT_UNKNOWN' });
    expect((await pictured(items)).sort()).toEqual([0, 3]);
  });

  it('warn of a file that ends before the end that it announces', async () => {
    const whole = digit('0_george_0');
    const { results } = await described(await itemsOf(parts, whole, whole.subarray(0, whole.length - 1_000)));
    expect([0, 1].map((index) => results.get(index))).toMatchObject([{ warnings: [] }, { warnings: ['TRUNCATED'] }]);
  });

  it('say the same with and without a spectrogram, and are decoded once for both', async () => {
    const items = await itemsOf(parts, digit('0_george_0'));
    const { results } = await described(items);
    expect(await pictured(items)).toEqual([]);
    const run = jest.spyOn(parts.sandbox, 'run');
    expect((await described(items, { spectrogram: true })).results).toEqual(results);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
