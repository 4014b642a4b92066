import { join } from 'node:path';
import { Acceptor, type Database, type NewClip } from '@earshot/database';
import type { ClipFile } from '@earshot/sandbox';
import { openBlobStore } from '@earshot/storage';
import { v7 as uuid } from 'uuid';
import { noiseWav } from '../../stack/noise-wav.js';

const clipsPerRequest = 100;

export interface StoredClips {
  ids: string[];
  files: ClipFile[];
}

/** Stores as many different clips (of one second by default), their bytes and their rows, as uploads do. */
export async function storeClips({
  count,
  secondsOf = () => 1,
  home,
  workspaceId,
  database,
}: {
  count: number;
  secondsOf?: (number: number) => number;
  home: string;
  workspaceId: string;
  database: Database;
}): Promise<StoredClips> {
  const store = openBlobStore({ folder: join(home, 'blobs') });
  const acceptor = new Acceptor(database);
  const stored: StoredClips = { ids: [], files: [] };
  for (let first = 0; first < count; first += clipsPerRequest) {
    const numbers = Array.from({ length: Math.min(clipsPerRequest, count - first) }, (_, k) => first + k);
    const clips: NewClip[] = await Promise.all(
      numbers.map(async (number) => ({
        id: uuid(),
        filename: `${number}.wav`,
        ...(await store.put(workspaceId, noiseWav(number, secondsOf(number)))),
      })),
    );
    await acceptor.submit({ requestId: uuid(), workspaceId, createdAt: new Date(), clips, job: null, keyed: null });
    for (const { id, sha256, sizeBytes } of clips) {
      const { path } = await store.localFile({ workspaceId, sha256 });
      stored.ids.push(id);
      stored.files.push({ path, sizeBytes });
    }
  }
  await store.close();
  return stored;
}
