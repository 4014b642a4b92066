import { randomUUID } from 'node:crypto';
import { type Decision, decision } from '@earshot/contracts';
import type { ModelVersionRow } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { recipes, type TrainingData } from '@earshot/learning';
import type { HandlerParts } from './chunk-bench.js';

const columns = 37;

/** Rows that differ by their label, and spread as far as frequencies do: so that real vectors are not beyond all of them. */
function rowsOf(count: number): TrainingData {
  const rows = Array.from({ length: count }, (_, i) =>
    Float32Array.from({ length: columns }, (_, k) => 1_500 * (Math.sin(7 * i + k) + (i % 2))),
  );
  return {
    shape: [columns],
    rows: count,
    row: (i) => rows[i] ?? new Float32Array(columns),
    labels: Int32Array.from(rows, (_, i) => i % 2),
  };
}

/** A network for `talent-37@1`, trained for a moment on numbers that mean nothing; another seed gives another one. */
export async function trainedArtifact(seed = 1, labels: readonly string[] = ['bad', 'good']): Promise<Uint8Array> {
  const recipe = recipes.get('talent-mlp');
  if (recipe === undefined) throw new Error('There is no recipe talent-mlp');
  const settings = recipe.settings.parse({ hidden: [8], dropout: [0], epochs: 5 });
  const training = await recipe.begin({ training: rowsOf(64), validation: rowsOf(32), labels, settings, seed });
  while (!training.isOver) await training.advance();
  const artifact = training.best();
  training.close();
  return artifact;
}

/** Such a model, registered as a version of `talent`. */
export async function registeredModel(
  { store, workspace }: HandlerParts,
  { seed = 1, decided = {} as Partial<Decision> } = {},
): Promise<ModelVersionRow> {
  const artifact = await store.put(workspace.id, await trainedArtifact(seed));
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
