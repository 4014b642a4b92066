// Lists as long as they become: their answers are made up from one that the server gave, so that only the page is measured.
import type { JobResource, NamedLibraryMap, Newest } from '@earshot/contracts';
import type { Browser, Page } from 'playwright-core';
import { toneFile } from '../../web/batch-files.js';
import { type Visit, visit } from '../../web/browser.js';
import type { WebStack } from '../../web/web-stack.js';
import { type Frames, framesOf, scrollThrough } from './frames.js';
import { type Slowest, slowestReaction, watchReactions } from './reactions.js';

export interface LongList extends Frames, Slowest {
  list: string;
  rows: number;
}

const rows = 10_000;
const points = 20_000;
/** Frames from one end to the other. */
const steps = 240;

export async function* longLists(browser: Browser, stack: WebStack): AsyncGenerator<LongList> {
  for (const list of [results, jobs, map]) yield await list(browser, stack);
}

/** What came of each of ten thousand clips. */
async function results(browser: Browser, stack: WebStack): Promise<LongList> {
  const clipIds = await stack.upload([toneFile(1), toneFile(2)]);
  const { jobId } = await stack.post<{ jobId: string }>('/api/v1/predictions/clips', { clipIds, classifier: 'keywords' });
  const { items } = await stack.ask<{ items: object[] }>(`/api/v1/jobs/${jobId}/items`);
  const lines = Array.from({ length: rows }, (_, index) => JSON.stringify({ ...items[0], index, customId: `recording ${index}.wav` }));
  const body = `${lines.join('\n')}\n`;
  const opened = await open(browser, stack, `/jobs/${jobId}`, (page) =>
    page.route(`**/api/v1/jobs/${jobId}/items**`, (route) => route.fulfill({ contentType: 'application/jsonl', body })),
  );
  const { page } = opened;
  const table = page.getByRole('region', { name: 'Items of the job' });
  await table.getByText('recording 0.wav').waitFor();
  const frames = await framesOf(page, () => scrollThrough(table, steps));
  await table.getByText(`recording ${rows - 1}.wav`).waitFor();
  await table.getByRole('button', { name: 'What came of it' }).click();
  return ended(opened, { list: 'results of a batch', rows, ...frames });
}

/** All that was asked for, page by page. */
async function jobs(browser: Browser, stack: WebStack): Promise<LongList> {
  const { items } = await stack.ask<{ items: JobResource[] }>('/api/v1/jobs?limit=1');
  const opened = await open(browser, stack, '/jobs', (page) =>
    page.route('**/api/v1/jobs?*', (route) => {
      const query = new URL(route.request().url()).searchParams;
      const from = Number(query.get('cursor') ?? 0);
      const until = Math.min(rows, from + Number(query.get('limit')));
      const some = Array.from({ length: until - from }, (_, i) => ({
        ...items[0],
        id: uuidOf(from + i),
        metadata: { name: `Job ${from + i}` },
      }));
      return route.fulfill({ json: { items: some, nextCursor: until < rows ? String(until) : null, total: rows, isTotalExact: true } });
    }),
  );
  const { page } = opened;
  await page.getByText('Job 0', { exact: true }).waitFor();
  const more = page.getByRole('button', { name: /^Show \d+ more$/ });
  while (await more.isVisible()) {
    const shown = await page.getByText(/^The newest [\d,]+ are shown/).textContent();
    await more.press('Enter');
    await page.getByText(shown ?? '', { exact: true }).waitFor({ state: 'detached' });
  }
  await page.keyboard.press('j');
  const frames = await framesOf(page, () => scrollThrough(page.locator('html'), steps));
  await page.getByText(`Job ${rows - 1}`, { exact: true }).waitFor();
  return ended(opened, { list: 'jobs', rows, ...frames });
}

/** The largest map that is drawn: moved about, and looked at closer. */
async function map(browser: Browser, stack: WebStack): Promise<LongList> {
  const answer: Newest<NamedLibraryMap> = {
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
  const opened = await open(browser, stack, '/library?view=map', (page) =>
    page.route('**/api/v1/library/map**', (route) => route.fulfill({ json: answer })),
  );
  const { page } = opened;
  const picture = page.getByRole('img', { name: new RegExp(`^Map of ${points}`) });
  await picture.waitFor();
  const box = await picture.boundingBox();
  if (box === null) throw new Error('The map has no place on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const frames = await framesOf(page, async () => {
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    for (let step = 0; step < 5; step++) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await page.mouse.down();
    for (let step = 1; step <= 60; step++) await page.mouse.move(x + 3 * step, y + 2 * step);
    await page.mouse.up();
    await page.keyboard.down('Control');
    for (let step = 0; step < 5; step++) await page.mouse.wheel(0, 100);
    await page.keyboard.up('Control');
  });
  await page.mouse.click(x, y + 100);
  await page.waitForURL(/at=/);
  return ended(opened, { list: 'map of the library', rows: points, ...frames });
}

async function open(browser: Browser, { url }: WebStack, path: string, answers: (page: Page) => Promise<unknown>): Promise<Visit> {
  const opened = await visit(browser, url);
  await answers(opened.page);
  await opened.page.goto(url + path);
  await watchReactions(opened.page);
  return opened;
}

async function ended({ page, close }: Visit, found: Omit<LongList, keyof Slowest>): Promise<LongList> {
  const slowest = await slowestReaction(page);
  await close();
  return { ...found, ...slowest };
}

const genres = ['house', 'techno', 'trance', 'ambient', 'drums', 'voices', 'field'];

/** Seven clouds that run into each other. */
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
