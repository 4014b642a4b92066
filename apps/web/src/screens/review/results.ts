// Results of predictions, those first that are least sure: that is where a person's answer is worth most.
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import type { components } from '../../generated/openapi.js';
import type { Prediction } from '../../sound/prediction.js';
import { marginOf, unsureFirst } from './margin.js';

type Item = components['schemas']['PredictionItem'];

export interface Result {
  clipId: string;
  filename: string;
  prediction: Prediction;
  margin: number;
}

export interface Results {
  results: Result[];
  /** Whether there are more than were looked through. */
  isPart: boolean;
}

const mostResults = 1_000;
const mostJobs = 200;
const jobsAtOnce = 10;
const pageSize = 200;

/** Of one job, or of the newest predictions; each clip that is still there once, with its newest result. */
export async function readResults(jobId: string | undefined): Promise<Results> {
  const [jobs, isThere] = await Promise.all([jobId === undefined ? newestPredictions() : [jobId], clipsThere()]);
  const newest = new Map<string, Result>();
  for (let i = 0; i < jobs.length && newest.size < mostResults; i += jobsAtOnce) {
    const items = (await Promise.all(jobs.slice(i, i + jobsAtOnce).map(itemsOf))).flat();
    for (const result of items.flatMap(resultOf)) {
      if (isThere(result.clipId) && !newest.has(keyOf(result))) newest.set(keyOf(result), result);
    }
  }
  return { results: unsureFirst([...newest.values()]), isPart: newest.size >= mostResults || jobs.length === mostJobs };
}

function resultOf({ clipId, filename, result }: Item): Result[] {
  if (clipId === null || result === null) return [];
  return [{ clipId, filename: filename ?? clipId, prediction: result, margin: marginOf(result) }];
}

function keyOf({ clipId, prediction }: Result): string {
  return `${prediction.model.classifier} ${clipId}`;
}

async function newestPredictions(): Promise<string[]> {
  const query = { kind: 'predict', state: 'succeeded', limit: mostJobs } as const;
  return (await answer(api.GET('/api/v1/jobs', { params: { query } }))).items.map(({ id }) => id);
}

async function itemsOf(id: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const query = { state: 'succeeded', limit: pageSize, cursor } as const;
    const page = await answer(api.GET('/api/v1/jobs/{id}/items', { params: { path: { id }, query } }));
    if (page.kind !== 'predict')
      throw new Failure({
        title: 'There is nothing to review',
        detail: `The job ${id} is of the kind ${page.kind}, and only predictions are.`,
      });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < mostResults);
  return items;
}

/**
 * Whether a clip is still there: an item keeps the id of one that was deleted, as the windows of Live are. Those that are older than the
 * newest thousand (ids begin with the time) are taken for there.
 */
async function clipsThere(): Promise<(clipId: string) => boolean> {
  const ids = new Set<string>();
  let oldest = '';
  let cursor: string | undefined;
  for (let page = 0; page < mostResults / pageSize; page++) {
    const { items, nextCursor } = await answer(api.GET('/api/v1/clips', { params: { query: { limit: pageSize, cursor } } }));
    for (const { id } of items) ids.add(id);
    if (nextCursor === null) return (clipId) => ids.has(clipId);
    oldest = items.at(-1)?.id ?? oldest;
    cursor = nextCursor;
  }
  return (clipId) => ids.has(clipId) || clipId < oldest;
}
