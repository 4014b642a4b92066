import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { decision } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { Random } from '@earshot/learning';
import { trainedArtifact } from '@earshot/learning/testing';
import { FolderBlobStore } from '@earshot/storage';
import type { TestGateway } from './test-gateway.js';

export type Sent = [name: string, bytes: Uint8Array<ArrayBuffer>];

/** What is taken for a recording by its name alone. */
export const notAudio: Sent = ['notes.wav', new TextEncoder().encode('not audio at all')];

/** A voice of half a second: steady and low in noise, or wavering in much of it. */
export function voice(seed: number, isGood: boolean): Uint8Array<ArrayBuffer> {
  const random = new Random(seed, 'voice');
  const hz = 200 + 100 * random.uniform(0);
  const samples = Float32Array.from({ length: 11_025 }, (_, t) => {
    const wavering = isGood ? 0 : 3 * Math.sin((2 * Math.PI * 7 * t) / 22_050);
    return 0.3 * Math.sin((2 * Math.PI * hz * t) / 22_050 + wavering) + (isGood ? 0.01 : 0.2) * (random.uniform(1 + t) - 0.5);
  });
  return Uint8Array.from(wavFile([samples], { sampleRate: 22_050 }));
}

interface Form {
  headers?: Record<string, string>;
  labels?: string;
}

/** Files as the old clients send them: each in the same field. */
export function sendFiles(gateway: TestGateway, path: string, field: string, files: Sent[], { headers = {}, labels }: Form = {}) {
  const form = new FormData();
  if (labels !== undefined) form.append('labels', labels);
  for (const [name, bytes] of files) form.append(field, new Blob([bytes]), name);
  return gateway.fetch(path, { method: 'POST', body: form, headers });
}

/** Registers a small model on `talent-37@1`, to which `production` points where it is the first. */
export async function registerModel(
  { home }: TestGateway,
  workspace: Workspace,
  { classifier, labels, seed = 1 }: { classifier: string; labels: string[]; seed?: number },
): Promise<void> {
  const store = new FolderBlobStore({ folder: join(home, 'blobs') });
  const artifact = await store.put(workspace.id, await trainedArtifact({ seed, hidden: [8], dropout: [0] }));
  const { id: profile, hash: profileHash } = getProfile('talent-37@1');
  const facts = { recipe: 'talent-mlp', profile, profileHash, labels, decision: decision.parse({}) };
  const said = { provenance: {}, metrics: {}, card: {} };
  await workspace.models.versions.registerOnce({ id: randomUUID(), classifier, artifact, datasetVersionId: null, ...facts, ...said });
}
