import 'reflect-metadata';
import { indexScope, liveIndex, moveAlias, type verifyIndex } from '@earshot/contracts';
import type { IndexVersionRow } from '@earshot/database';
import type { TaskContext } from '@earshot/queue';
import { directions } from '@earshot/vectors/testing';
import { embedderName, TestLibrary } from '../testing/test-library.js';
import { VerifyIndexHandler } from './verify-index.handler.js';

describe('the check of an index that was made', () => {
  let library: TestLibrary;
  beforeAll(async () => {
    library = await TestLibrary.start();
    await library.add(directions(300, 45));
  }, 60_000);
  afterAll(() => library.stop());

  /** As a worker runs it, without its second tries. */
  async function verify(version: IndexVersionRow, onProgress = async () => undefined) {
    const asked: { output: unknown; effects: unknown[] } = { output: null, effects: [] };
    const context = {
      jobId: version.id,
      workspaceId: library.workspace.id,
      signal: new AbortController().signal,
      outputs: async ({ name }: { name: string }) =>
        name === 'index.plan' ? [{ number: version.number }] : [{ samples: 300, withoutVector: 0 }],
      progress: onProgress,
      output: (value: unknown) => {
        asked.output = value;
      },
      effect: (effect: unknown, input: unknown) => asked.effects.push([effect, input]),
    };
    const handler = new VerifyIndexHandler(library.database, library.vectors, library.keeper, library.store);
    await handler.run({ embedder: embedderName }, context as unknown as TaskContext<typeof verifyIndex>);
    return asked;
  }
  async function built() {
    const version = await library.makeVersion();
    await library.keeper.keep(version);
    return library.version(version);
  }
  const erase = async () => {
    await library.chroma.kill();
    await library.chroma.restart({ erased: true });
  };

  it('has the version take over', async () => {
    const version = await built();
    const { output, effects } = await verify(version);
    expect(output).toMatchObject({ indexVersionId: version.id, samples: 300, tried: 150, recall: expect.any(Number) });
    expect(effects).toEqual([[moveAlias, { scope: indexScope(embedderName), name: liveIndex, target: version.id, expectedVersion: null }]]);
  }, 60_000);

  it('makes again what Chroma has lost since', async () => {
    const version = await built();
    await erase();
    const { effects } = await verify(version).catch(() => verify(version)); // the first look finds that it is gone
    expect(effects).toHaveLength(1);
    expect(await library.idsOf(version)).toHaveLength(300);
  }, 60_000);

  it('lets nothing take over that was lost while it was measured', async () => {
    const version = await built();
    let pages = 0;
    // Once to choose what is tried, once to compare: the collection was asked in between.
    const onProgress = async () => {
      pages += 1;
      if (pages === 2) await erase();
      return undefined;
    };
    const { effects } = await verify(version, onProgress).catch(() => verify(version));
    expect(effects).toHaveLength(1);
    expect(await library.idsOf(version)).toHaveLength(300);
  }, 60_000);
});
