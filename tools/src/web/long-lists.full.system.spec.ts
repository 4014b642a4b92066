// What stays usable however much there is, or however little room: only what is in sight is drawn, and a chosen tab is in sight.
import type { Locator } from 'playwright-core';
import { fits, visit } from './browser.js';
import { answerLargeMap, answerManyItems, answerManyJobs } from './long-answers.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

/** More than so many rows are in no window. */
const drawnAtMost = 80;

describe('long lists', () => {
  it('of results are drawn where they are looked at, to the last of ten thousand', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    const jobId = await answerManyItems(page, web.stack, 10_000);
    await page.goto(`${web.stack.url}/jobs/${jobId}`);
    const table = page.getByRole('region', { name: 'Items of the job' });
    await table.getByText('recording 0.wav').waitFor();
    await table.focus();
    await page.keyboard.press('End');
    await table.getByText('recording 9999.wav').waitFor();
    expect(await table.getByRole('row').count()).toBeLessThan(drawnAtMost);
    await close();
  }, 60_000);

  it('of jobs are drawn where they are looked at, and gone through by J', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await answerManyJobs(page, web.stack, 450);
    await page.goto(`${web.stack.url}/jobs`);
    for (const shown of ['50', '250']) {
      await page.getByText(`The newest ${shown} are shown.`).waitFor();
      await page.getByRole('button', { name: 'Show 200 more' }).press('Enter');
    }
    await page.getByText(/^The newest/).waitFor({ state: 'detached' });
    const last = page.getByRole('link', { name: 'Job 449' });
    while (!(await last.isVisible())) await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight)); // rows are measured on the way
    expect(await page.locator('[data-job]').count()).toBeLessThan(drawnAtMost);
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByRole('link', { name: 'Job 0', exact: true }).waitFor();
    for (let place = 0; place < 40; place++) {
      await page.keyboard.press('j');
      await page
        .locator('[data-job]:focus')
        .filter({ hasText: `Job ${place}` })
        .waitFor();
    }
    await close();
  }, 60_000);

  it('of a map begin with what was chosen on it', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await answerLargeMap(page, 20_000);
    await page.goto(`${web.stack.url}/library?view=map`);
    const table = page.getByRole('region', { name: 'The sounds of the map as a list' });
    await table.getByText('sound 0.wav', { exact: true }).waitFor();
    await table.focus();
    await page.keyboard.press('End');
    await table.getByText('sound 9999.wav').waitFor();
    await table.getByRole('row').last().click();
    const chosen = table.getByRole('row', { selected: true });
    await chosen.getByText('sound 9999.wav').waitFor();
    expect(await isWithin(chosen, table)).toBe(true);
    await close();
  }, 60_000);
});

async function isWithin(inner: Locator, outer: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([inner.boundingBox(), outer.boundingBox()]);
  return a !== null && b !== null && a.y >= b.y && a.y + a.height <= b.y + b.height;
}

it('a chosen tab is in sight on a phone too', async () => {
  const { page, close } = await visit(web.browser, `${web.stack.url}/library?view=index`, { width: 390 });
  const tab = page.getByRole('tab', { name: 'Index' });
  await tab.waitFor();
  const box = await tab.boundingBox();
  expect((box?.x ?? 390) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  expect(await fits(page)).toBe(true);
  await close();
}, 60_000);
