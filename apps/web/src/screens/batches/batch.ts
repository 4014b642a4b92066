// A batch is a job over clips: files are stored first, one by one, so that a bad one costs the others nothing.
import { answer, api } from '../../api/client.js';
import { Failure, failureOf } from '../../api/failure.js';
import { formOf, type Job } from '../../api/work.js';
import type { NamedFailure } from '../../jobs/failures.js';
import type { Work } from './route.js';

/** What a batch is made of. */
export type Clips = { files: readonly NamedFile[] } | { stored: readonly StoredClip[] };

export interface NamedFile {
  /** With its folders, where one was dropped. */
  name: string;
  file: File;
}

export interface StoredClip {
  clipId: string;
  customId?: string | undefined;
}

export interface Wanted {
  work: Work;
  name: string;
  classifier: string | undefined;
  profile: string | undefined;
}

/** How far the files have come. */
export interface Uploaded {
  stored: StoredClip[];
  refused: NamedFailure[];
  total: number;
}

const atOnce = 4;
/** More ids than a JSON body takes go as lines, which have no place for a name of the job. */
const mostInJson = 10_000;
const mostLetters = 255;

export const sizeOf = (clips: Clips): number => ('files' in clips ? clips.files.length : clips.stored.length);

/** Stores the files in their order; `tell` hears of each. What is wrong with one is that one's; what is wrong with the server ends it. */
export async function store(files: readonly NamedFile[], tell: (now: Uploaded) => void): Promise<Uploaded> {
  const stored: (StoredClip | undefined)[] = [];
  const refused: NamedFailure[] = [];
  const now = (): Uploaded => ({ stored: stored.filter((clip) => clip !== undefined), refused: [...refused], total: files.length });
  const rest = files.entries();
  const lane = async () => {
    for (const [place, { name, file }] of rest) {
      try {
        const { items } = await answer(api.POST('/api/v1/clips', formOf(file)));
        const [clip] = items;
        if (clip !== undefined) stored[place] = { clipId: clip.id, customId: name.slice(0, mostLetters) };
      } catch (error) {
        if (!isOfFile(error)) throw error;
        const { title, message, code } = failureOf(error);
        refused.push({ name, code: code ?? '', title, detail: message });
      }
      tell(now());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return now();
}

const faultsOfFiles: ReadonlySet<string | null> = new Set(['AUDIO_EMPTY', 'AUDIO_FORMAT_UNKNOWN', 'FILE_TOO_LARGE']);

function isOfFile(error: unknown): boolean {
  return error instanceof Failure && faultsOfFiles.has(error.code);
}

/** Asks for the work on clips that are stored. */
export async function begin(clips: readonly StoredClip[], { work, name, classifier, profile }: Wanted): Promise<Job> {
  const asked = clips.length > mostInJson ? asLines(clips) : { body: asBody(clips, name) };
  const answered =
    work === 'predict'
      ? api.POST('/api/v1/predictions/clips', { params: { query: { classifier } }, ...asked })
      : work === 'describe'
        ? api.POST('/api/v1/descriptions/clips', asked)
        : api.POST('/api/v1/features/clips', { params: { query: { profiles: profile === undefined ? undefined : [profile] } }, ...asked });
  const job = await answer<object>(answered);
  if (!isJob(job)) throw new Error('A batch that nobody waits for is answered with its job');
  return job;
}

function asBody(clips: readonly StoredClip[], name: string) {
  const hasNames = clips.every(({ customId }) => customId !== undefined);
  return {
    clipIds: clips.map(({ clipId }) => clipId),
    ...(hasNames ? { customIds: clips.flatMap(({ customId }) => customId ?? []) } : {}),
    ...(name === '' ? {} : { metadata: { name } }),
  };
}

function asLines(clips: readonly StoredClip[]) {
  return {
    body: { clipIds: [] },
    bodySerializer: () => clips.map((clip) => `${JSON.stringify(clip)}\n`).join(''),
    headers: { 'Content-Type': 'application/jsonl' },
  };
}

function isJob(value: object): value is Job {
  return 'links' in value && 'finishedAt' in value;
}
