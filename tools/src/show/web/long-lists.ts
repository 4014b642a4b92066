import type { Browser, Page } from 'playwright-core';
import { type Visit, visit } from '../../web/browser.js';
import { answerLargeMap, answerManyItems, answerManyJobs } from '../../web/long-answers.js';
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

/** The longest lists there are, rolled from one end to the other, and the largest map, moved about. */
export async function* longLists(browser: Browser, stack: WebStack): AsyncGenerator<LongList> {
  for (const list of [results, jobs, map]) {
    const opened = await visit(browser, stack.url);
    yield await list(opened, stack);
    await opened.close();
  }
}

async function results({ page }: Visit, stack: WebStack): Promise<LongList> {
  const jobId = await answerManyItems(page, stack, rows);
  await open(page, `${stack.url}/jobs/${jobId}`);
  const table = page.getByRole('region', { name: 'Items of the job' });
  await table.getByText('recording 0.wav').waitFor();
  const frames = await framesOf(page, () => scrollThrough(table, steps));
  await table.getByText(`recording ${rows - 1}.wav`).waitFor();
  await table.getByRole('button', { name: 'What came of it' }).click();
  return { list: 'results of a batch', rows, ...frames, ...(await slowestReaction(page)) };
}

async function jobs({ page }: Visit, stack: WebStack): Promise<LongList> {
  await answerManyJobs(page, stack, rows);
  await open(page, `${stack.url}/jobs`);
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
  return { list: 'jobs', rows, ...frames, ...(await slowestReaction(page)) };
}

async function map({ page }: Visit, stack: WebStack): Promise<LongList> {
  await answerLargeMap(page, points);
  await open(page, `${stack.url}/library?view=map`);
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
  return { list: 'map of the library', rows: points, ...frames, ...(await slowestReaction(page)) };
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await watchReactions(page);
}
