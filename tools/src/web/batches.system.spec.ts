// Batches, their jobs, what the dashboard and the settings say of them: one way through, as people go it.

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobResource } from '@earshot/contracts';
import { brokenFile, notesFile, toneFile } from './batch-files.js';
import { visit } from './browser.js';
import type { WebStack } from './web-stack.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

const sounds = 47;
const bad = [notesFile, brokenFile('broken 1.flac'), brokenFile('broken 2.flac')];
const files = [...Array.from({ length: sounds }, (_, i) => toneFile(i)), ...bad].map(({ name, bytes }) => ({
  name,
  mimeType: 'audio/wav',
  buffer: Buffer.from(bytes),
}));

describe('a batch of 50 files with 3 bad ones', () => {
  it('costs the others nothing, names the bad ones with their reasons, gives its files, and is tried again', async () => {
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/batches?work=describe`);
    await page.getByLabel('Choose files').setInputFiles(files);
    await page.getByText('there is no estimate').waitFor();
    await page.getByLabel('Name of the batch').fill('Fifty');
    await page.getByRole('button', { name: 'Start with 50' }).click();
    const batch = page.getByRole('region', { name: 'This batch' });
    await batch.getByText('50 of 50 files sent').waitFor();
    await batch.getByText('notes.txt', { exact: true }).waitFor();
    await batch.getByText('49 of 49 items').waitFor({ timeout: 30_000 });
    expect(complaints.filter((text) => !text.includes('415'))).toEqual([]); // the browser tells of each request that is refused

    await batch.getByRole('link', { name: 'Open the batch' }).click();
    await page.getByRole('heading', { name: 'Fifty' }).waitFor();
    const reasons = page.getByRole('region', { name: 'What failed, by reason' });
    await reasons.getByText('broken 1.flac', { exact: true }).waitFor();
    await reasons.getByText('broken 2.flac', { exact: true }).waitFor();
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const lines = (await readFile(await csv.path(), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1 + 49);
    const [jsonl] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'JSON lines' }).click()]);
    const items = (await readFile(await jsonl.path(), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(items.filter(({ state }) => state === 'succeeded')).toHaveLength(sounds);
    await page.getByRole('cell', { name: 'tone 0.wav' }).waitFor();
    await page.getByLabel('State of the items').selectOption('failed');
    await page.waitForURL(/items=failed/);
    const first = page.url();
    await page.keyboard.press('r');
    await page.waitForURL((url) => !first.startsWith(url.origin + url.pathname));
    await page.getByText('a retry of what failed before').waitFor();
    await page.getByText('2 of 2 items · 2 failed').waitFor({ timeout: 30_000 });
    await close();
  }, 120_000);

  it('is estimated from there on by what was measured', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/batches?work=describe&from=clips`);
    await page.getByRole('button', { name: 'Choose all' }).click();
    await page.getByText(/of work: the last such batch did [\d.]+ a second/).waitFor();
    await close();
  }, 60_000);
});

describe('the jobs', () => {
  it('are filtered by the address, gone through by keys, and tried again by their reason', async () => {
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/jobs?kind=describe`);
    await page.getByRole('heading', { name: 'Why jobs failed' }).waitFor();
    expect(await page.locator('[data-job]').count()).toBe(2);
    await page.getByLabel('State').selectOption('failed');
    await page.waitForURL(/state=failed/);
    await page.waitForFunction(() => document.querySelectorAll('[data-job]').length === 1);
    await page.getByRole('button', { name: 'Retry it' }).click();
    await page.waitForFunction(() => document.querySelectorAll('[data-job]').length === 2);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Why it failed' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click(); // from the address of one job too
    await page.getByRole('heading', { name: 'What is kept' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it('are offered to be tried again once, also where their retries are in no list', async () => {
    await untilNoneRuns(web.stack); // a retry that fails meanwhile would be offered rightly
    const { page, close } = await visit(web.browser, `${web.stack.url}/jobs?state=failed`);
    await page.route('**/retry', (route) => route.fulfill({ status: 202, json: {} })); // they would be shown if they failed
    await page
      .getByRole('region', { name: 'Why jobs failed' })
      .getByRole('button', { name: /^Retry/ })
      .click();
    await page.getByRole('region', { name: 'Why jobs failed' }).waitFor({ state: 'detached' });
    await close();
  }, 60_000);

  it('are cancelled while they wait', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/jobs`);
    await web.stack.withoutWorkers(async () => {
      const clipIds = await web.stack.upload([toneFile(0)]);
      await web.stack.ask('/api/v1/features/clips', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ clipIds, profiles: ['logmel-128@1'] }),
      });
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('listitem').getByText('cancelled', { exact: true }).waitFor();
    });
    await close();
  }, 90_000);
});

describe('the dashboard', () => {
  it('has every chart as a table too', async () => {
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/visualizations`);
    await page.waitForURL(/\/dashboard$/);
    await page.getByRole('button', { name: 'How long they ran: show as table' }).click();
    await page.getByRole('cell', { name: 'Measurement' }).waitFor();
    await page.getByRole('button', { name: 'Jobs that ended: show as table' }).click();
    await page.getByRole('region', { name: 'Jobs that ended, as a table' }).waitFor();
    await page.getByRole('rowheader', { name: 'talent version 1' }).waitFor();
    await page.getByText('97.0 %').waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});

describe('the settings', () => {
  it('say what is allowed, what is kept, and whose work is in it', async () => {
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/settings`);
    await page.getByText('up to 200 MB').waitFor();
    await page.getByText('for 30 days').waitFor();
    await page.getByRole('button', { name: 'Read the notices' }).click();
    await page.getByRole('region', { name: 'Notices of third parties' }).getByText('react').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});

describe('a batch that is begun while the server is away', () => {
  it('goes on by itself when it is back, also for who looked elsewhere meanwhile, and is one', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/batches?work=describe`);
    await page.getByLabel('Choose files').setInputFiles(files.slice(0, 12));
    const begun: string[] = [];
    page.on('request', (request) => request.url().endsWith('/descriptions/clips') && begun.push(request.method()));
    const everything = /\/(readyz|api\/v1)/;
    await page.route(everything, (route) => route.abort());
    await page.getByRole('button', { name: 'Start with 12' }).click();
    const waiting = page.getByText('The server cannot be reached. It goes on by itself.');
    await waiting.waitFor();
    await page.getByRole('link', { name: 'Try it' }).click();
    await page.getByRole('heading', { name: 'What is in a sound?' }).waitFor();
    await page.getByRole('link', { name: 'Batches' }).click();
    await waiting.waitFor();
    await page.unroute(everything);
    await page.getByText('12 of 12 files sent').waitFor({ timeout: 30_000 });
    await page.getByRole('region', { name: 'This batch' }).getByText('12 of 12 items').waitFor({ timeout: 30_000 });
    expect(begun).toHaveLength(1);
    await close();
  }, 90_000);

  it('is chosen no more once it is begun: a second press begins no second one', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/batches?work=describe&from=clips`);
    await page.getByRole('button', { name: 'Choose all' }).click();
    await page.getByRole('button', { name: /^Start with/ }).click();
    await page.getByText('Choose some sounds first.').waitFor();
    await page.getByText(/^0 of \d+ chosen$/).waitFor();
    expect(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled()).toBe(true);
    await close();
  }, 60_000);
});

async function untilNoneRuns(stack: WebStack): Promise<void> {
  const { items } = await stack.ask<{ items: JobResource[] }>('/api/v1/jobs?limit=100');
  if (items.every(({ finishedAt }) => finishedAt !== null)) return;
  await sleep(100);
  await untilNoneRuns(stack);
}
