import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Acceptor, type Database, type NewClip } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { v7 as uuid } from 'uuid';
import { goldenFolder } from '../../parity/golden.js';

const folders = [`${goldenFolder}audio`, fileURLToPath(new URL('../../../../samples/', import.meta.url))];

/** Stores the golden clips and the samples as uploads do, each once. */
export async function storeRealClips(store: BlobStore, workspaceId: string, database: Database): Promise<NewClip[]> {
  const paths = folders.flatMap((folder) => readdirSync(folder).flatMap((file) => (file.endsWith('.wav') ? join(folder, file) : [])));
  const clips: NewClip[] = [];
  for (const path of paths) clips.push({ id: uuid(), filename: basename(path), ...(await store.put(workspaceId, readFileSync(path))) });
  await new Acceptor(database).submit({ requestId: uuid(), workspaceId, createdAt: new Date(), clips, job: null, keyed: null });
  return clips;
}
