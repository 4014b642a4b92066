// The files of a model that comes with Earshot: models/NAME/artifact.safetensors and model.json, which says everything of it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classifierName, modelFacts } from '@earshot/contracts';
import { getProfile } from '@earshot/features';
import { openModel } from '@earshot/learning';
import { z } from 'zod';

export const modelsFolder = fileURLToPath(new URL('../../../models', import.meta.url));

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const card = z.looseObject({ purpose: z.string(), trainedOn: z.array(z.string()).min(1), notTestedOn: z.array(z.string()).min(1) });
const bundledModel = modelFacts.extend({
  classifier: classifierName,
  artifact: z.strictObject({ file: z.literal('artifact.safetensors'), sha256: hash, sizeBytes: z.int().positive() }),
  card,
});

export type BundledModel = z.output<typeof bundledModel>;

export function writeBundle(artifact: Uint8Array, facts: Omit<BundledModel, 'artifact'>): void {
  const folder = join(modelsFolder, facts.classifier);
  mkdirSync(folder, { recursive: true });
  const file = 'artifact.safetensors';
  const model = bundledModel.parse({ ...facts, artifact: { file, sha256: sha256(artifact), sizeBytes: artifact.length } });
  writeFileSync(join(folder, file), artifact);
  writeFileSync(join(folder, 'model.json'), `${JSON.stringify(model, null, 2)}\n`);
  console.log(JSON.stringify({ written: facts.classifier, sizeBytes: artifact.length, sha256: model.artifact.sha256 }));
}

/** `--check`: every model's files agree with what its model.json says of them. */
export async function checkBundles(): Promise<void> {
  const names = existsSync(modelsFolder)
    ? readdirSync(modelsFolder).filter((name) => existsSync(join(modelsFolder, name, 'model.json')))
    : [];
  if (names.length === 0) throw new Error('There is no model in models/');
  for (const name of names) {
    const faults = await faultsOf(join(modelsFolder, name), name);
    console.log(JSON.stringify({ model: name, ok: faults.length === 0, faults }));
    if (faults.length > 0) process.exitCode = 1;
  }
}

/** What is wrong with the model in a folder. */
export async function faultsOf(folder: string, name: string): Promise<string[]> {
  const parsed = bundledModel.safeParse(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')));
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const { classifier, artifact, labels, profile, profileHash } = parsed.data;
  const bytes = readFileSync(join(folder, artifact.file));
  const faults: string[] = [];
  if (classifier !== name) faults.push(`lies in ${name} and is called ${classifier}`);
  if (bytes.length !== artifact.sizeBytes) faults.push(`the artifact has ${bytes.length} bytes, not ${artifact.sizeBytes}`);
  if (sha256(bytes) !== artifact.sha256) faults.push(`the artifact's SHA-256 is ${sha256(bytes)}, not ${artifact.sha256}`);
  if (typeof profile !== 'string' || getProfile(profile).hash !== profileHash) faults.push(`the profile's hash is not that of ${profile}`);
  if (faults.length > 0) return faults;
  const scorer = await openModel(bytes);
  if (JSON.stringify(scorer.labels) !== JSON.stringify(labels)) faults.push(`the artifact has the labels ${scorer.labels}, not ${labels}`);
  scorer.close();
  return faults;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
