import { randomUUID } from 'node:crypto';
import { type Decision, decision } from '@earshot/contracts';
import type { ModelVersionRow } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { trainedArtifact } from '@earshot/learning/testing';
import type { HandlerParts } from './chunk-bench.js';

/** A small model that means nothing, registered as a version of `talent`. */
export async function registeredModel(
  { store, workspace }: HandlerParts,
  { seed = 1, decided = {} as Partial<Decision> } = {},
): Promise<ModelVersionRow> {
  const artifact = await store.put(workspace.id, await trainedArtifact({ seed, hidden: [8], dropout: [0] }));
  return workspace.models.versions.register({
    id: randomUUID(),
    classifier: 'talent',
    artifact,
    recipe: 'talent-mlp',
    profile: 'talent-37@1',
    profileHash: getProfile('talent-37@1').hash,
    labels: ['bad', 'good'],
    datasetVersionId: null,
    provenance: {},
    metrics: {},
    card: {},
    decision: decision.parse(decided),
  });
}
