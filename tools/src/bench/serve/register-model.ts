import { randomUUID } from 'node:crypto';
import { decision } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { trainedArtifact } from '@earshot/learning/testing';
import type { BlobStore } from '@earshot/storage';

/** Registers a network of the size of the old system's (256-128-64-32) that means nothing, and returns its number. */
export async function registerModel(workspace: Workspace, store: BlobStore, classifier: string, seed = 1): Promise<number> {
  const profile = 'talent-37@1';
  const { number } = await workspace.models.versions.register({
    id: randomUUID(),
    classifier,
    artifact: await store.put(workspace.id, await trainedArtifact({ seed })),
    recipe: 'talent-mlp',
    profile,
    profileHash: getProfile(profile).hash,
    labels: ['bad', 'good'],
    datasetVersionId: null,
    provenance: {},
    metrics: {},
    card: {},
    decision: decision.parse({}),
  });
  return number;
}
