// Files become clips one by one, so that a bad one costs the others nothing, and none is sent twice.
import { answer, api, patiently } from '../api/client.js';
import { BrokenOffFailure, Failure } from '../api/failure.js';
import { formOf, once } from '../api/work.js';
import type { NamedFailure } from '../jobs/failures.js';

export interface NamedFile {
  /** With its folders, where one was dropped. */
  name: string;
  file: File;
}

/** How far the files have come. */
export interface Stored<Given extends NamedFile> {
  stored: { clipId: string; given: Given }[];
  refused: NamedFailure[];
  total: number;
  /** Why nothing goes on just now: the server is away, or takes no more. */
  waitsFor: Failure | null;
}

const atOnce = 4;

/** Stores the files in their order; `tell` hears of each. What is wrong with one is that one's; a server that is away is waited for. */
export async function storeFiles<Given extends NamedFile>(
  files: readonly Given[],
  tell: (now: Stored<Given>) => void,
): Promise<Stored<Given>> {
  const stored: ({ clipId: string; given: Given } | undefined)[] = [];
  const refused: NamedFailure[] = [];
  let waitsFor: Failure | null = null;
  const now = () => ({ stored: stored.filter((clip) => clip !== undefined), refused: [...refused], total: files.length, waitsFor });
  const wait = (failure: Failure | null) => {
    waitsFor = failure;
    tell(now());
  };
  const rest = files.entries();
  const lane = async () => {
    for (const [place, given] of rest) {
      try {
        const headers = once();
        const { items } = await patiently(() => answer(api.POST('/api/v1/clips', { headers, ...formOf(given.file) })), wait);
        const [clip] = items;
        if (clip !== undefined) stored[place] = { clipId: clip.id, given };
      } catch (error) {
        if (!(error instanceof Failure) || !isOfFile(error)) throw error;
        const { code, title, message } = error;
        refused.push({ name: given.name, code, title, detail: message });
      }
      tell(now());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return now();
}

const faultsOfFiles: ReadonlySet<string | null> = new Set(['AUDIO_EMPTY', 'AUDIO_FORMAT_UNKNOWN', 'FILE_TOO_LARGE', 'BODY_TOO_LARGE']);

function isOfFile(failure: Failure): boolean {
  return failure instanceof BrokenOffFailure || faultsOfFiles.has(failure.code);
}
