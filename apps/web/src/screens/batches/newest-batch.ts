// The batch that was started last. Who leaves while its files are sent, and comes back, finds it under way.
import { queries } from '../../api/queries.js';
import type { Job } from '../../api/work.js';
import { Shared, useShared } from '../../shared.js';
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

const newest = new Shared<NewestBatch>({ isBeginning: false, sent: null });

export function useNewestBatch(): NewestBatch {
  return useShared(newest);
}

/** Sends what is to be sent, and asks for the work; one at a time. Whether it was begun. */
export async function startBatch(clips: Clips, wanted: Wanted): Promise<boolean> {
  if (newest.value.isBeginning) return false;
  newest.become({ isBeginning: true, sent: null });
  addEventListener('beforeunload', askBeforeLeaving);
  try {
    const stored = 'files' in clips ? await send(clips.files) : clips.stored;
    const job = stored.length === 0 ? null : await begin(stored, wanted);
    newest.become({ ...newest.value, isBeginning: false, job });
    return job !== null;
  } catch (error) {
    newest.become({ ...newest.value, isBeginning: false, error });
    return false;
  } finally {
    removeEventListener('beforeunload', askBeforeLeaving);
    void queries.invalidateQueries({ queryKey: ['jobs'] });
  }
}

async function send(files: readonly NamedFile[]): Promise<StoredClip[]> {
  const tell = (sent: Stored<NamedFile>) => newest.become({ ...newest.value, sent });
  tell({ stored: [], refused: [], total: files.length, waitsFor: null });
  const { stored } = await storeFiles(files, tell);
  return stored.map(({ clipId, given }) => ({ clipId, customId: given.name.slice(0, mostLetters) }));
}

/** The browser asks in its own words: what is not sent yet would be lost. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
