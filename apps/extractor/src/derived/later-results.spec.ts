import { jest } from '@jest/globals';
import { type ChunkBench, digit, type HandlerParts, itemsOf, startChunkBench } from '../testing/chunk-bench.js';
import { LaterResults } from './later-results.js';
import type { NewResult } from './new-results.js';

describe('results that are kept later', () => {
  let bench: ChunkBench;
  let parts: HandlerParts & { close(): Promise<void> };
  let sha256s: string[];
  const warn = jest.fn();
  beforeAll(async () => {
    bench = await startChunkBench();
  }, 120_000);
  afterAll(() => bench.stop());
  beforeEach(async () => {
    warn.mockClear();
    parts = await bench.open();
    sha256s = (await itemsOf(parts, digit('0_george_0'), digit('3_jackson_5'))).flatMap(({ sha256 }) => sha256 ?? []);
  });
  afterEach(() => parts.close());

  const resultOf = (sha256: string, recipe = 'r', sizeBytes = 4): NewResult => ({
    sha256,
    recipe,
    shape: [sizeBytes / 4],
    facts: {},
    bytes: new Uint8Array(sizeBytes),
  });
  const recipesKept = async () =>
    (await parts.workspace.derived.find(sha256s, ['first', 'second', 'third'])).map(({ recipe }) => recipe).sort();

  it('make nobody wait, and are there when it is closed', async () => {
    const later = new LaterResults(parts.database, parts.store, { warn });
    await later.keep([resultOf(sha256s[0]!, 'first')], parts.workspace.id);
    await later.keep([resultOf(sha256s[1]!, 'second'), resultOf(sha256s[1]!, 'third', 8_000)], parts.workspace.id);
    await later.close();
    expect(await recipesKept()).toEqual(['first', 'second', 'third']);
    expect(warn).not.toHaveBeenCalled();
  });

  it('share a statement with what comes within a tenth of a second', async () => {
    const later = new LaterResults(parts.database, parts.store, { warn });
    const run = jest.spyOn(parts.database, 'run');
    for (const recipe of ['first', 'second', 'third']) {
      await later.keep([resultOf(sha256s[0]!, recipe)], parts.workspace.id);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await later.close();
    expect(run.mock.calls.map(([{ name }]) => name)).toEqual(['keep-derived', 'keep-derived']);
    expect(await recipesKept()).toEqual(['first', 'second', 'third']);
  });

  it('make whoever brings more wait when too much is on its way', async () => {
    const later = new LaterResults(parts.database, parts.store, { warn });
    const { promise, resolve } = Promise.withResolvers<never>();
    const put = jest.spyOn(parts.store, 'put').mockReturnValue(promise);
    const large = () => later.keep([resultOf(sha256s[0]!, 'first', 20_000_000)], parts.workspace.id);
    await large();
    let isLet = false;
    const second = large().then(() => (isLet = true));
    await new Promise((wake) => setTimeout(wake, 50));
    expect(isLet).toBe(false);
    put.mockRestore();
    resolve(Promise.reject(new Error('the disk is away')) as never);
    await second;
    expect(await recipesKept()).toEqual(['first']);
  });

  it('cost a line in the log when they cannot be kept, and no task', async () => {
    const later = new LaterResults(parts.database, parts.store, { warn });
    jest.spyOn(parts.store, 'put').mockRejectedValueOnce(new Error('the disk is full'));
    await later.keep([resultOf(sha256s[0]!, 'first', 8_000)], parts.workspace.id);
    await later.close();
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await recipesKept()).toEqual([]);
  });
});
