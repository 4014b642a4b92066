import { createHash } from 'node:crypto';
import { EarshotError, type ModelManifest, type ModelVersionResource, modelManifest } from '@earshot/contracts';
import { type ArchiveFile, tarOf } from '../../datasets/exports/tar.js';
import { cardText } from '../model-card.js';
import { readTar } from './read-tar.js';

/** A version as one archive: `manifest.json` with the hash of each other file, the artifact, and its card for people. */
export function archiveOf(version: ModelVersionResource, artifact: () => Promise<AsyncIterable<Uint8Array>>): AsyncIterable<Uint8Array> {
  const { recipe, profile, profileHash, labels, provenance, metrics, card, decision } = version;
  const cardBytes = Buffer.from(cardText(version));
  const manifest: ModelManifest = {
    format: 'earshot-model-archive@1',
    ...{ recipe, profile, profileHash, labels, provenance, metrics, card, decision },
    files: { 'artifact.safetensors': version.artifact.sha256, 'card.md': sha256Of(cardBytes) },
  };
  return tarOf(
    (async function* (): AsyncGenerator<ArchiveFile> {
      yield inMemory('manifest.json', Buffer.from(JSON.stringify(manifest, null, 2)));
      yield { path: 'artifact.safetensors', sizeBytes: version.artifact.sizeBytes, open: artifact };
      yield inMemory('card.md', cardBytes);
    })(),
  );
}

/** What lies in an archive, each file held against its hash; the card is written anew from what the manifest says. */
export function readArchive(bytes: Uint8Array): { manifest: ModelManifest; artifact: Uint8Array } {
  const files = readTar(bytes);
  const { success, data: manifest, error } = modelManifest.safeParse(parsed(files.get('manifest.json')));
  if (!success) {
    const [issue] = error.issues;
    throw new EarshotError('MODEL_INVALID', `manifest.json: ${issue?.path.join('.')} ${issue?.message}`.slice(0, 500));
  }
  for (const [name, hash] of Object.entries(manifest.files)) {
    const file = files.get(name);
    if (file === undefined) throw new EarshotError('MODEL_INVALID', `The archive has no file ${name}`);
    if (sha256Of(file) !== hash) throw new EarshotError('MODEL_INVALID', `${name} is not what the manifest says`);
  }
  return { manifest, artifact: files.get('artifact.safetensors') ?? new Uint8Array(0) };
}

function inMemory(path: string, bytes: Uint8Array): ArchiveFile {
  return {
    path,
    sizeBytes: bytes.length,
    open: async () =>
      (async function* () {
        yield bytes;
      })(),
  };
}

function parsed(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) throw new EarshotError('MODEL_INVALID', 'The archive has no manifest.json');
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    throw new EarshotError('MODEL_INVALID', 'manifest.json is not JSON', { cause: error });
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
