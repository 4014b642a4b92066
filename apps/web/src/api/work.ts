// Work takes a while: what is asked for is waited for, and where that takes longer its job is followed until it has ended.
import type { components } from '../generated/openapi.js';
import { answer, api, patiently } from './client.js';
import { Failure, type Problem } from './failure.js';

export type Job = components['schemas']['Job'];
type ResultOf<Kind extends Job['kind']> = Extract<components['schemas']['JobResult'], { kind: Kind }>;

/** Header of a request for work: the result is answered itself when it comes within half a minute. */
export const waiting = { Prefer: 'wait=30' };

const everyMs = 1_000;

/** The parts of an upload: `api.POST(path, { ...formOf(file) })`. */
export function formOf(...files: readonly File[]): { body: { file: string[] }; bodySerializer: () => FormData } {
  const form = new FormData();
  for (const file of files) form.append('file', file);
  return { body: { file: [] }, bodySerializer: () => form };
}

/** Headers of a request that may be repeated, and is done once: under the same key the server answers what it answered. */
export function once(): { 'Idempotency-Key': string } {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // `randomUUID` is there by https only
  return { 'Idempotency-Key': Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/** What was answered, or the result of the job that was answered in its place; `tell` hears of the job meanwhile. */
export async function resultOf<Kind extends Job['kind']>(
  kind: Kind,
  answered: ResultOf<Kind> | Job,
  tell: (job: Job) => void = () => undefined,
): Promise<ResultOf<Kind>> {
  if (!isJob(answered)) return answered;
  let job = answered;
  while (job.finishedAt === null) {
    tell(job);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    job = await patiently(() => answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id: job.id } } })));
  }
  const result = await patiently(() => answer(api.GET('/api/v1/jobs/{id}/result', { params: { path: { id: job.id } } })));
  if (!isOf(kind, result)) throw new Error(`The job ${job.id} is of the kind ${result.kind}`);
  return result;
}

interface Item {
  state: string;
  result: object | null;
  error: Problem | null;
}
type Done<T extends Item> = T & { result: NonNullable<T['result']> };

/** The only item of a result, with what it came to; its error is thrown. */
export function onlyItem<T extends Item>({ items }: { items: readonly T[] }): Done<T> {
  const [item] = items;
  if (item?.error) throw new Failure(item.error);
  if (item === undefined || !isDone(item))
    throw new Failure({ title: 'There is no result', detail: `The item is ${item?.state ?? 'missing'}.`, code: 'INTERNAL' });
  return item;
}

export function isDone<T extends Item>(item: T): item is Done<T> {
  return item.result !== null;
}

function isJob<Result extends object>(value: Result | Job): value is Job {
  return 'finishedAt' in value && 'links' in value;
}

function isOf<Kind extends Job['kind']>(kind: Kind, result: components['schemas']['JobResult']): result is ResultOf<Kind> {
  return result.kind === kind;
}
