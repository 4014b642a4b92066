import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classifierName, modelFacts } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import type { Log } from '@earshot/platform';
import type { BlobStore } from '@earshot/storage';
import { z } from 'zod';

/** Where the models lie that come with Earshot: of each a folder with `model.json` and the artifact. */
export const bundledFolder = fileURLToPath(new URL('../../../../models', import.meta.url));

const bundledModel = modelFacts.extend({
  classifier: classifierName,
  artifact: z.object({ file: z.literal('artifact.safetensors'), sha256: z.string(), sizeBytes: z.int().positive() }),
});

interface Registry {
  workspace: Workspace;
  store: BlobStore;
  log: Log;
}

/**
 * Registers each model that comes with Earshot unless its classifier has a version of that artifact; of many gateways that start at once,
 * one does. `production` is made to point at it where the classifier is new, and never moved otherwise.
 */
export async function registerBundledModels({ workspace, store, log }: Registry, folder: string): Promise<void> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'model.json'))) : [];
  for (const name of names.toSorted()) {
    try {
      await registerOne(join(folder, name), { workspace, store, log });
    } catch (error) {
      log.error({ error, model: name }, 'a model that comes with Earshot could not be registered');
    }
  }
}

async function registerOne(folder: string, { workspace, store, log }: Registry): Promise<void> {
  const { artifact, ...facts } = bundledModel.parse(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')));
  if (await workspace.models.versions.has(facts.classifier, artifact.sha256)) return;
  const bytes = await readFile(join(folder, artifact.file));
  if (createHash('sha256').update(bytes).digest('hex') !== artifact.sha256) throw new Error(`${artifact.file} is not what model.json says`);
  const stored = await store.put(workspace.id, bytes);
  const model = { id: randomUUID(), artifact: stored, datasetVersionId: null, ...facts };
  const made = await workspace.models.versions.registerOnce(model);
  if (made !== null) log.info({ classifier: made.classifier, version: made.number }, 'registered a model that comes with Earshot');
}
