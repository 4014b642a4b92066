// A batch is a job over clips: files are stored first.
import { answer, api, patiently } from '../../api/client.js';
import { type Job, once } from '../../api/work.js';
import type { NamedFile } from '../../sound/store-files.js';
import type { Work } from './route.js';

/** What a batch is made of. */
export type Clips = { files: readonly NamedFile[] } | { stored: readonly StoredClip[] };

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

/** More ids than a JSON body takes go as lines, which have no place for a name of the job. */
const mostInJson = 10_000;
/** Of a name for an item. */
export const mostLetters = 255;

export const sizeOf = (clips: Clips): number => ('files' in clips ? clips.files.length : clips.stored.length);

/** Asks for the work on clips that are stored. */
export async function begin(clips: readonly StoredClip[], { work, name, classifier, profile }: Wanted): Promise<Job> {
  const asked = clips.length > mostInJson ? asLines(clips) : { body: asBody(clips, name), headers: once() };
  const ask = () =>
    work === 'predict'
      ? api.POST('/api/v1/predictions/clips', { params: { query: { classifier } }, ...asked })
      : work === 'describe'
        ? api.POST('/api/v1/descriptions/clips', asked)
        : api.POST('/api/v1/features/clips', { params: { query: { profiles: profile === undefined ? undefined : [profile] } }, ...asked });
  const job = await patiently(() => answer<object>(ask()));
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
    headers: { 'Content-Type': 'application/jsonl', ...once() },
  };
}

function isJob(value: object): value is Job {
  return 'links' in value && 'finishedAt' in value;
}
