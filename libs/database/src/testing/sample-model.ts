import { randomUUID } from 'node:crypto';
import { decision } from '@earshot/contracts';
import type { NewModelVersion } from '../models/register-version.js';

/** A model version to be registered, for tests. */
export function sampleModel(changes: Partial<Omit<NewModelVersion, 'jobId'>> = {}): Omit<NewModelVersion, 'jobId'> {
  return {
    id: randomUUID(),
    classifier: 'talent',
    artifact: { sha256: randomUUID().replaceAll('-', '').repeat(2), sizeBytes: 1_000 },
    recipe: 'talent-mlp',
    profile: 'talent-37@1',
    profileHash: 'a'.repeat(64),
    labels: ['bad', 'good'],
    datasetVersionId: null,
    provenance: { seed: 42 },
    metrics: { accuracy: 0.9 },
    card: { title: 'A sample' },
    decision: decision.parse({}),
    ...changes,
  };
}
