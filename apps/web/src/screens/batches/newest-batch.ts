// The batch that was started last. Who leaves while its files are sent, and comes back, finds it under way.
import { useSyncExternalStore } from 'react';
import { queries } from '../../api/queries.js';
import type { Job } from '../../api/work.js';
import { type NamedFile, type Stored, storeFiles } from '../../sound/store-files.js';
import { begin, type Clips, mostLetters, type StoredClip, type Wanted } from './batch.js';

interface NewestBatch {
  isBeginning: boolean;
  /** Null where its clips are stored already. */
  sent: Stored<NamedFile> | null;
  /** Null where none of its files was taken; undefined until that is known. */
  job?: Job | null;
  error?: unknown;
}

let newest: NewestBatch = { isBeginning: false, sent: null };
const listeners = new Set<() => void>();

export function useNewestBatch(): NewestBatch {
  return useSyncExternalStore(subscribe, () => newest);
}

/** Sends what is to be sent, and asks for the work; one at a time. Whether it was begun. */
export async function startBatch(clips: Clips, wanted: Wanted): Promise<boolean> {
  if (newest.isBeginning) return false;
  become({ isBeginning: true, sent: null });
  addEventListener('beforeunload', askBeforeLeaving);
  try {
    const stored = 'files' in clips ? await send(clips.files) : clips.stored;
    const job = stored.length === 0 ? null : await begin(stored, wanted);
    become({ ...newest, isBeginning: false, job });
    return job !== null;
  } catch (error) {
    become({ ...newest, isBeginning: false, error });
    return false;
  } finally {
    removeEventListener('beforeunload', askBeforeLeaving);
    void queries.invalidateQueries({ queryKey: ['jobs'] });
  }
}

async function send(files: readonly NamedFile[]): Promise<StoredClip[]> {
  const tell = (sent: Stored<NamedFile>) => become({ ...newest, sent });
  tell({ stored: [], refused: [], total: files.length, waitsFor: null });
  const { stored } = await storeFiles(files, tell);
  return stored.map(({ clipId, given }) => ({ clipId, customId: given.name.slice(0, mostLetters) }));
}

/** The browser asks in its own words: what is not sent yet would be lost. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function become(next: NewestBatch): void {
  newest = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
