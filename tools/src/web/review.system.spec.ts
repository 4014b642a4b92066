import type { Page } from 'playwright-core';
import { visit } from './browser.js';
import { predictSamples } from './scenes/review.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

describe('review', () => {
  it('without any result has a way to the first one', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/review`);
    await page.getByRole('link', { name: 'Try a sound' }).click();
    await page.getByRole('heading', { name: 'What is in a sound?' }).waitFor();
    await close();
  }, 60_000);

  it('shows the least sure first, and what is said from the keyboard becomes a version of a dataset', async () => {
    await predictSamples(web.stack);
    const clips = await web.stack.ask<{ items: { id: string; filename: string }[] }>('/api/v1/clips');
    const deleted = clips.items.find(({ filename }) => filename === 'bell.wav')?.id;
    await fetch(`${web.stack.url}/api/v1/clips/${deleted}`, { method: 'DELETE' });
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/review?classifier=sounds&dataset=heard`);
    const rows = page.getByRole('row');
    const margins = async () => (await rows.locator('td:nth-child(3)').allTextContents()).map(Number);
    await page.getByRole('button', { name: /^It is / }).waitFor();
    const shown = await margins();
    expect(shown.length).toBeGreaterThan(4);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(await rows.filter({ hasText: 'bell.wav' }).count()).toBe(0);

    const heading = page.getByRole('heading', { level: 2 }).first();
    const first = (await heading.textContent()) ?? '';
    const answer =
      (await page
        .getByText(/^The answer was/)
        .locator('strong')
        .textContent()) ?? '';
    await page.keyboard.press('Enter');
    await heading.filter({ hasNotText: first }).waitFor();
    const second = (await heading.textContent()) ?? '';
    await page.keyboard.press('1');
    await page.getByText('Make a version of 2 answers').waitFor();
    await page.keyboard.press('z');
    await heading.filter({ hasText: second }).waitFor();
    const other =
      (await page.getByRole('group', { name: 'Labels', exact: true }).getByRole('button').nth(2).locator('span').first().textContent()) ??
      '';
    await page.keyboard.press('3');
    await page.reload(); // what was said is not lost
    await page.getByRole('button', { name: 'Make a version of 2 answers' }).click();
    await page.getByRole('status').filter({ hasText: 'Version 1 of heard has 2 clips' }).waitFor();
    await page.getByText(`0 of ${shown.length - 2} looked at`).waitFor();
    expect(complaints).toEqual([]);

    const { items } = await web.stack.ask<{ items: { filename: string; label: string }[] }>('/api/v1/datasets/heard/versions/1/clips');
    expect(new Map(items.map(({ filename, label }) => [filename, label]))).toEqual(
      new Map([
        [first, answer],
        [second, other],
      ]),
    );
    await close();
  }, 90_000);

  it('keeps what is answered, and what is answered anew, while a version is made', async () => {
    await predictSamples(web.stack);
    const { page, close } = await visit(web.browser, `${web.stack.url}/review?classifier=sounds&dataset=meanwhile`);
    const goesOn = Promise.withResolvers<void>();
    await page.route('**/api/v1/datasets/meanwhile/versions', async (route) => {
      await goesOn.promise;
      await route.continue();
    });
    const labels = page.getByRole('group', { name: 'Labels', exact: true }).getByRole('button');
    const link = page.getByRole('link', { name: 'Open the clip' });
    const leave = async (key: string) => {
      const href = await link.getAttribute('href');
      await page.keyboard.press(key);
      await page.locator(`a[href="${href}"]`, { hasText: 'Open the clip' }).waitFor({ state: 'detached' });
      return href?.split('/').at(-1) ?? '';
    };
    const say = async (key: number) => {
      const label = await labels
        .nth(key - 1)
        .locator('span')
        .first()
        .textContent();
      return [await leave(String(key)), label] as const;
    };
    await labels.first().waitFor();
    const [first] = await say(1);
    await page.getByRole('button', { name: 'Make a version of 1 answer' }).click();
    await page.getByText('Making the version').waitFor();
    const second = await say(1);
    await leave('k');
    await leave('k');
    const anew = await say(2);
    expect(anew[0]).toBe(first);
    goesOn.resolve();
    await page.getByRole('status').filter({ hasText: 'Version 1 of meanwhile has 1 clip' }).waitFor();
    await page.getByRole('button', { name: 'Make a version of 2 answers' }).click();
    await page.getByRole('status').filter({ hasText: 'Version 2 of meanwhile has 2 clips' }).waitFor();
    await page.getByText(/^0 of .* looked at/).waitFor();
    const { items } = await web.stack.ask<{ items: { clipId: string; label: string }[] }>('/api/v1/datasets/meanwhile/versions/2/clips');
    expect(new Map(items.map(({ clipId, label }) => [clipId, label]))).toEqual(new Map([second, anew]));
    await close();
  }, 90_000);

  it('keeps what was answered where the dataset has it and no version could be made', async () => {
    await predictSamples(web.stack);
    const { page, close } = await visit(web.browser, `${web.stack.url}/review?classifier=sounds&dataset=halfway`);
    await page.getByRole('group', { name: 'Labels', exact: true }).waitFor();
    await page.route('**/api/v1/datasets/halfway/versions', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await page.keyboard.press('1');
    const make = page.getByRole('button', { name: 'Make a version of 1 answer' });
    await make.click();
    await page.getByRole('alert').waitFor();
    await page.reload();
    await make.click();
    await page.getByRole('status').filter({ hasText: 'Version 1 of halfway has 1 clip' }).waitFor();
    await page.getByText(/^0 of .* looked at/).waitFor();
    await close();
  }, 90_000);

  it('takes back the last answer about this classifier, and keeps those of another tab', async () => {
    await predictSamples(web.stack);
    const { page, close } = await visit(web.browser, `${web.stack.url}/review?classifier=sounds&dataset=apart`);
    await page.getByRole('group', { name: 'Labels', exact: true }).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${web.stack.url}/review?classifier=keywords&dataset=apart`);
    await other.getByRole('group', { name: 'Labels', exact: true }).waitFor();
    const answers = (of: Page, count: number) =>
      of.getByText(count === 1 ? 'Make a version of 1 answer' : `Make a version of ${count} answers`).waitFor();
    await Promise.all([page.keyboard.press('1'), other.keyboard.press('1')]);
    await Promise.all([answers(page, 1), answers(other, 1)]);
    await page.keyboard.press('1');
    await answers(page, 2);
    await other.reload();
    await answers(other, 1);
    await other.keyboard.press('2');
    await answers(other, 2);
    await page.reload();
    await answers(page, 2);
    await page.keyboard.press('z');
    await answers(page, 1);
    await other.reload();
    await answers(other, 2);
    await close();
  }, 90_000);

  it('keeps answers as long as it is open where the browser keeps nothing, and says so', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(globalThis, name, {
          get() {
            throw new DOMException('Access is denied for this document', 'SecurityError');
          },
        });
    });
    await page.goto(`${web.stack.url}/review?classifier=sounds&dataset=apart`);
    await page.getByRole('group', { name: 'Labels', exact: true }).waitFor();
    await page.keyboard.press('1');
    await page.getByText('Make a version of 1 answer').waitFor();
    await page.getByText('This browser keeps nothing for this page').waitFor();
    await close();
  }, 60_000);
});
