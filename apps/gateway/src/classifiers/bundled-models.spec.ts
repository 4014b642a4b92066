import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decision } from '@earshot/contracts';
import { Database, type Workspace, Workspaces } from '@earshot/database';
import { startTestPostgres } from '@earshot/database/testing';
import { getProfile } from '@earshot/features';
import { trainedArtifact } from '@earshot/learning/testing';
import { FolderBlobStore } from '@earshot/storage';
import { jest } from '@jest/globals';
import { registerBundledModels } from './bundled-models.js';

describe('models that come with Earshot', () => {
  let folder: string;
  let workspace: Workspace;
  let close: () => Promise<void>;
  const error = jest.fn();
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error } as never;
  const register = () => registerBundledModels({ workspace, store: new FolderBlobStore({ folder: join(folder, 'blobs') }), log }, folder);

  beforeEach(async () => {
    const postgres = await startTestPostgres();
    const database = new Database({ url: await postgres.createDatabase(), applicationName: 'spec' });
    workspace = await new Workspaces(database).named('default');
    folder = await mkdtemp(join(tmpdir(), 'earshot-models-'));
    error.mockClear();
    close = async () => {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true });
    };
  });
  afterEach(() => close());

  async function bundle(seed: number): Promise<void> {
    const bytes = await trainedArtifact({ seed, hidden: [8], dropout: [0] });
    const { sha256, sizeBytes } = await new FolderBlobStore({ folder: join(folder, 'scratch') }).put(workspace.id, bytes);
    const artifact = { file: 'artifact.safetensors', sha256, sizeBytes };
    const profile = getProfile('talent-37@1');
    const facts = {
      recipe: 'talent-mlp',
      profile: profile.id,
      profileHash: profile.hash,
      labels: ['bad', 'good'],
      decision: decision.parse({}),
    };
    const model = { classifier: 'talent', artifact, ...facts, provenance: {}, metrics: {}, card: { purpose: 'a test' } };
    await mkdir(join(folder, 'talent'), { recursive: true });
    await writeFile(join(folder, 'talent/artifact.safetensors'), bytes);
    await writeFile(join(folder, 'talent/model.json'), JSON.stringify(model));
  }

  it('are registered once by gateways that start at once, and found by production', async () => {
    await bundle(1);
    await Promise.all([register(), register(), register()]);
    await register();
    expect(await workspace.models.versions.page('talent', null, 10)).toMatchObject([{ number: 1, card: { purpose: 'a test' } }]);
    expect(await workspace.models.aliases.get('talent', 'production')).toMatchObject({ number: 1, version: 1 });
  });

  it('are a further version when a release brings another, and leave aliases where they are', async () => {
    await bundle(1);
    await register();
    await bundle(2);
    await register();
    expect((await workspace.models.versions.page('talent', null, 10)).map(({ number }) => number)).toEqual([2, 1]);
    expect(await workspace.models.aliases.get('talent', 'production')).toMatchObject({ number: 1, version: 1 });
  });

  it('are complained of, and keep nobody from starting, when their bytes are others', async () => {
    await bundle(1);
    await writeFile(join(folder, 'talent/artifact.safetensors'), 'something else');
    await register();
    expect(error).toHaveBeenCalledTimes(1);
    expect(await workspace.models.classifiers.find('talent')).toBeNull();
  });
});
