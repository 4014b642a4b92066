import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EarshotError, importModel } from '@earshot/contracts';
import { getProfile } from '@earshot/features';
import { ImportModelHandler } from './import-model.handler.js';

describe('a model that is imported', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-import-'));
    await writeFile(join(folder, 'artifact'), 'the bytes');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const lendsIt = async (artifact: object, use: (file: object) => unknown) => use({ ...artifact, path: join(folder, 'artifact') });

  /** What is registered of an artifact of nine bytes of which that many are said. */
  async function registered(sizeBytes: number, lend = lendsIt): Promise<unknown[]> {
    const effects: unknown[] = [];
    const files = { lend };
    const sandbox = { run: async () => ({ labels: ['a', 'b'], shape: [1] }) };
    const handler = new ImportModelHandler(files as never, sandbox as never);
    const profile = getProfile('talent-37@1');
    const model = importModel.input.parse({
      classifier: 'c',
      artifact: { sha256: 'a'.repeat(64), sizeBytes },
      recipe: 'r',
      profile: profile.id,
      profileHash: profile.hash,
      labels: ['a', 'b'],
      provenance: {},
      metrics: {},
      card: {},
      decision: {},
    });
    const context = { workspaceId: 'w', jobId: 'j', signal: new AbortController().signal, output: () => undefined };
    await handler.run(model, { ...context, effect: (_: unknown, input: unknown) => effects.push(input) } as never);
    return effects;
  }

  it('is registered as what its bytes are', async () => expect(await registered(9)).toMatchObject([{ artifact: { sizeBytes: 9 } }]));

  it('is refused when it has more or fewer bytes than are said', async () => {
    for (const sizeBytes of [1, 10]) await expect(registered(sizeBytes)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });

  it('is refused, and nothing here is taken for broken, when nobody has stored its bytes', async () => {
    const lacks = (code: 'BLOB_LOST' | 'STORAGE_UNAVAILABLE') => () => Promise.reject(new EarshotError(code, 'not there'));
    await expect(registered(9, lacks('BLOB_LOST'))).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    await expect(registered(9, lacks('STORAGE_UNAVAILABLE'))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});
