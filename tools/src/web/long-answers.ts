// Lists as long as they become: their answers are made up from one that the server gave, so that only the page has work with them.
import type { JobResource, NamedLibraryMap, Newest } from '@earshot/contracts';
import type { Page } from 'playwright-core';
import { toneFile } from './batch-files.js';
import type { WebStack } from './web-stack.js';

/** A job with so many answered clips, `recording 0.wav` and on; its id. */
export async function answerManyItems(page: Page, stack: WebStack, rows: number): Promise<string> {
  const clipIds = await stack.upload([toneFile(1), toneFile(2)]);
  const { jobId } = await stack.post<{ jobId: string }>('/api/v1/predictions/clips', { clipIds, classifier: 'keywords' });
  const { items } = await stack.ask<{ items: object[] }>(`/api/v1/jobs/${jobId}/items`);
  const lines = Array.from({ length: rows }, (_, index) => JSON.stringify({ ...items[0], index, customId: `recording ${index}.wav` }));
  const body = `${lines.join('\n')}\n`;
  await page.route(`**/api/v1/jobs/${jobId}/items**`, (route) => route.fulfill({ contentType: 'application/jsonl', body }));
  return jobId;
}

/** So many jobs, `Job 0` and on, by the pages that are asked for. */
export async function answerManyJobs(page: Page, stack: WebStack, rows: number): Promise<void> {
  const { items } = await stack.ask<{ items: JobResource[] }>('/api/v1/jobs?limit=1');
  await page.route('**/api/v1/jobs?*', (route) => {
    const query = new URL(route.request().url()).searchParams;
    const from = Number(query.get('cursor') ?? 0);
    const until = Math.min(rows, from + Number(query.get('limit')));
    const some = Array.from({ length: until - from }, (_, i) => ({
      ...items[0],
      id: uuidOf(from + i),
      metadata: { name: `Job ${from + i}` },
    }));
    return route.fulfill({ json: { items: some, nextCursor: until < rows ? String(until) : null, total: rows, isTotalExact: true } });
  });
}

/** A map of so many sounds of seven genres, `sound 0.wav` and on, in clouds that run into each other. */
export async function answerLargeMap(page: Page, points: number): Promise<void> {
  const json: Newest<NamedLibraryMap> = {
    jobId: uuidOf(0),
    finishedAt: new Date().toISOString(),
    samples: points,
    withoutVector: 0,
    considered: points,
    embedder: 'sound-97@1',
    neighbours: 15,
    seed: 42,
    landmarks: points,
    trustworthiness: 0.97,
    points: Array.from({ length: points }, (_, i) => pointOf(i)),
  };
  await page.route('**/api/v1/library/map**', (route) => route.fulfill({ json }));
}

const genres = ['house', 'techno', 'trance', 'ambient', 'drums', 'voices', 'field'];

function pointOf(i: number): NamedLibraryMap['points'][number] {
  const place = i % genres.length;
  const angle = (2 * Math.PI * place) / genres.length;
  const [turn, distance] = [2 * Math.PI * fraction(i * 0.618_034), 0.35 * Math.sqrt(fraction(i * 0.754_878))];
  return {
    clipId: uuidOf(i),
    genre: genres[place] ?? null,
    x: 0.55 * Math.cos(angle) + distance * Math.cos(turn),
    y: 0.55 * Math.sin(angle) + distance * Math.sin(turn),
    filename: `sound ${i}.wav`,
  };
}

const fraction = (value: number) => value % 1;
const uuidOf = (number: number) => `0199c2f0-5d0e-7c3a-9b1e-${number.toString(16).padStart(12, '0')}`;
