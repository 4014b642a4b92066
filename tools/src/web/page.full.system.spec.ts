// What the page does where something around it goes wrong: the server, the browser, whoever holds a key down.
import type { Page } from 'playwright-core';
import { brokenFile, toneFile } from './batch-files.js';
import { fits, visit } from './browser.js';
import { plantTones } from './training-fixtures.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

const away = (page: Page) => page.getByText('The server cannot be reached.').first();
const screens = (page: Page) => page.getByRole('navigation', { name: 'Screens' });
/** Counts requests of a method to addresses that end so. */
function counted(page: Page, method: string, ending: string): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === method && new URL(request.url()).pathname.endsWith(ending)) count++;
  });
  return () => count;
}

describe('without the server', () => {
  it('a screen that was never opened says so, and comes by itself when the server is back', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.getByRole('button', { name: 'Listen to this' }).waitFor();
    await web.stack.withoutGateway(async () => {
      await away(page).waitFor({ timeout: 20_000 });
      await screens(page).getByRole('link', { name: 'Jobs' }).click();
      await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
      expect(new URL(page.url()).pathname).toBe('/jobs');
    });
    await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor({ timeout: 20_000 });
    await close();
  }, 90_000);

  it('answers of something before it are no answers, and bring it back to nobody', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.getByRole('button', { name: 'Listen to this' }).waitFor();
    await page.route(/\/(api\/v1|readyz)/, (route) =>
      route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
    );
    await screens(page).getByRole('link', { name: 'Jobs' }).click();
    const banner = page.getByRole('status').filter({ hasText: 'The server cannot be reached.' });
    await banner.waitFor();
    const seen = new Set<number>();
    for (let look = 0; look < 60; look++) {
      seen.add(await banner.count());
      await page.waitForTimeout(100);
    }
    expect([...seen]).toEqual([1]);
    await page.unroute(/\/(api\/v1|readyz)/);
    await banner.waitFor({ state: 'detached' });
    await page.getByText('Whatever the server is asked to do stands here').waitFor();
    await close();
  }, 60_000);
});

describe('a failure', () => {
  it('is that of the answer where that is none of Earshot’s', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.route('**/api/v1/datasets?*', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Log in to the hotel</h1>' }));
    await screens(page).getByRole('link', { name: 'Datasets' }).click();
    await page.getByRole('alert').getByText('The server gave an answer that is not Earshot’s').waitFor();
    await close();
  }, 60_000);

  it('is that of the request where the server is there: a file that cannot be read is not a server that is away', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.route('**/api/v1/predictions?*', (route) => route.abort());
    await page.getByRole('button', { name: 'Listen to this' }).click();
    await page.getByRole('alert').getByText('The request broke off').waitFor();
    expect(await away(page).count()).toBe(0);
    await close();
  }, 60_000);
});

describe('a key', () => {
  it('that is held down does once what it does', async () => {
    const clipIds = await web.stack.upload([brokenFile('broken.flac')]);
    const job = await web.stack.ask<{ id: string }>('/api/v1/descriptions/clips', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clipIds }),
    });
    const { page, close } = await visit(web.browser, `${web.stack.url}/jobs/${job.id}`);
    await page.getByRole('button', { name: 'Retry', exact: true }).waitFor({ timeout: 30_000 });
    const retries = counted(page, 'POST', '/retry');
    for (let repeat = 0; repeat < 8; repeat++) await page.keyboard.down('r');
    await page.keyboard.up('r');
    await page.getByText('a retry of what failed before').waitFor();
    expect(retries()).toBe(1);
    await close();
  }, 60_000);

  it('does nothing to what lies below a question', async () => {
    await plantTones(web.stack, 'asked');
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/asked`);
    await page.getByRole('link', { name: 'low-0-0.wav' }).waitFor();
    const labels = counted(page, 'PATCH', '/clips');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    for (const key of ['1', '2']) await page.keyboard.press(key);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(labels()).toBe(0);
    await close();
  }, 60_000);
});

describe('a clip', () => {
  it('is not asked about anew by who comes back to its page', async () => {
    const [id] = await web.stack.upload([toneFile(3)]);
    const { page, close } = await visit(web.browser, `${web.stack.url}/clips/${id}?classifier=keywords`);
    await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
    await page.getByText('By version of the model').waitFor();
    await page.waitForTimeout(5_500); // what was read before is old by then
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()));
    const read = page.waitForRequest(/\/api\/v1\/clips\//);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await read;
    expect(asked).toEqual([]);
    await close();
  }, 60_000);
});

describe('what is shown', () => {
  it('fits the smallest phone, whatever it is called', async () => {
    const name = `${'x'.repeat(110)}.wav`;
    const clipIds = await web.stack.upload([{ ...toneFile(11), name }]);
    await web.stack.ended(await web.stack.post('/api/v1/descriptions/clips', { clipIds, metadata: { name } }));
    const [job] = (await web.stack.ask<{ items: { id: string }[] }>('/api/v1/jobs?limit=1')).items;
    const { page, close } = await visit(web.browser, web.stack.url, { width: 320 });
    for (const path of ['/jobs', `/jobs/${job?.id}`, `/clips/${clipIds[0]}`]) {
      await page.goto(`${web.stack.url}${path}`);
      await page.getByText(name).first().waitFor();
      expect([path, await fits(page)]).toEqual([path, true]);
    }
    await close();
  }, 60_000);

  it('is seen to be old as long as another question is not answered', async () => {
    const clipIds = await web.stack.upload([toneFile(9)]);
    await web.stack.ended(await web.stack.post('/api/v1/descriptions/clips', { clipIds }));
    const { page, close } = await visit(web.browser, `${web.stack.url}/dashboard`);
    await page.getByRole('heading', { name: 'Jobs that ended' }).waitFor();
    await page.route('**/api/v1/jobs?kind=describe*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await route.continue();
    });
    await page.getByLabel('Kind of jobs').selectOption('describe');
    await page.locator('[aria-busy=true]').getByText('Jobs that ended').waitFor();
    await page.locator('[aria-busy=false]').getByText('Jobs that ended').waitFor();
    await close();
  }, 60_000);

  it('is what was typed, also of a length that begins with zeros', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/library`);
    await page.getByText('More filters').click();
    const least = page.getByLabel('At least, in seconds');
    await least.pressSequentially('0.05');
    await page.waitForURL(/minSeconds=0\.05/);
    expect(await least.inputValue()).toBe('0.05');
    await close();
  }, 60_000);
});

describe('a server that wants a key', () => {
  const problem = { type: 'about:blank', title: 'A key is wanted', status: 401, code: 'UNAUTHENTICATED', detail: 'No valid key came' };

  it('shows nothing before there is one, tells a wrong one from a server that is away, and asks again when it takes it no more', async () => {
    const { page, close } = await visit(web.browser, 'about:blank');
    let taken = 'right';
    await page.route('**/api/v1/**', async (route) => {
      const isTaken = route.request().headers()['authorization'] === `Bearer ${taken}`;
      if (isTaken) return route.continue();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    });
    await page.goto(web.stack.url);
    await page.getByRole('status').getByText('Loading').first().waitFor({ state: 'attached' });
    expect(await page.getByRole('heading', { name: 'What is in a sound?' }).count()).toBe(0);
    const open = page.getByRole('button', { name: 'Open' });
    await page.getByLabel('Key', { exact: true }).fill('wrong');
    await open.click();
    await page.getByText('The server did not take this key.').waitFor();
    await page.getByLabel('Key', { exact: true }).fill('right');
    await page.route('**/api/v1/jobs?*', (route) => route.abort());
    await open.click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('The server did not take this key.').count()).toBe(0);
    await page.unroute('**/api/v1/jobs?*');
    await open.click();
    await page.getByRole('heading', { name: 'What is in a sound?' }).waitFor();
    taken = 'another';
    await screens(page).getByRole('link', { name: 'Jobs' }).click();
    await page.getByRole('heading', { name: 'This server wants a key' }).waitFor();
    await close();
  }, 60_000);
});
