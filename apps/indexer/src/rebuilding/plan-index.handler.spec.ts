import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { planIndex, TaskOutput } from '@earshot/contracts';
import type { TaskContext } from '@earshot/queue';
import { directions } from '@earshot/vectors/testing';
import { embedderName, TestLibrary } from '../testing/test-library.js';
import { PlanIndexHandler } from './plan-index.handler.js';

describe('the plan of an index', () => {
  let library: TestLibrary;
  beforeAll(async () => {
    library = await TestLibrary.start();
  }, 60_000);
  afterAll(() => library.stop());

  async function plan(jobId: string = randomUUID()) {
    const outputs: TaskOutput<typeof planIndex>[] = [];
    const context = { jobId, workspaceId: library.workspace.id, output: (value: TaskOutput<typeof planIndex>) => outputs.push(value) };
    const handler = new PlanIndexHandler(library.database, library.store);
    await handler.run({ embedder: embedderName }, context as unknown as TaskContext<typeof planIndex>);
    return outputs[0]!;
  }

  it('names the chunks of which a sample has no vector, or one that is damaged or lost', async () => {
    const ids = (await library.add(directions(300, 45))).sort();
    expect(await plan()).toEqual({ number: 1, samples: 300, lacking: [], chunkSamples: 64, chunks: 1 });
    await library.store.put(library.workspace.id, new Uint8Array(9)); // the store is there, the pack is not
    const change = async (id: string, data: object) => {
      const { sha256 } = await library.workspace.clips.get(id);
      await library.database.prisma.derived.updateMany({ where: { sha256 }, data });
    };
    await change(ids[3]!, { bytes: new Uint8Array(17) });
    await change(ids[130]!, { bytes: null, packSha256: 'a'.repeat(64), packStart: 0, packBytes: 180 });
    const { sha256 } = await library.workspace.clips.get(ids[299]!);
    await library.database.prisma.derived.deleteMany({ where: { sha256 } });
    const id = randomUUID();
    const planned = await plan(id);
    expect(planned).toMatchObject({ number: 2, samples: 300, lacking: [null, ids[127], ids[255]], chunks: 3 });
    expect(await plan(id)).toEqual(planned); // as the next attempt does
    await library.workspace.samples.remove(ids[3]!);
    expect(await plan(id)).toMatchObject({ samples: 299, lacking: [ids[127], ids[255]] });
  });
});
