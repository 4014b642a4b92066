// A browser that was never there before, against real services.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { visit } from './browser.js';
import { WebStack } from './web-stack.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

const answerOf = (page: Page) => page.locator('[data-answer]').textContent({ timeout: 20_000 });
const listen = (page: Page) => page.getByRole('button', { name: 'Listen to this' }).click();

describe('try it', () => {
  it('has an example ready: one click, and it says what is heard', async () => {
    const { page, complaints, close } = await visit(web.browser, web.stack.url);
    await listen(page);
    expect(await answerOf(page)).toBe('seven');
    await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it('says unknown where it is due', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.getByText('An unknown name').click();
    await listen(page);
    expect(await answerOf(page)).toBe('unknown');
    await close();
  }, 60_000);

  it('hears a file that is dropped on the page', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(async () => {
      const bytes = await (await fetch('/home/samples/keywords/stop_022cd682_nohash_0.flac')).blob();
      const carried = new DataTransfer();
      carried.items.add(new File([bytes], 'my "stop".flac'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
    });
    expect(await answerOf(page)).toBe('stop');
    await page.getByRole('heading', { name: 'my "stop".flac' }).waitFor();
    await close();
  }, 60_000);

  it('answers what was asked last, in whatever order the sounds come', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.route('**/home/samples/keywords/seven*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await route.continue();
    });
    await listen(page);
    const late = page.waitForResponse('**/home/samples/keywords/seven*');
    await page.getByLabel('Choose a file').setInputFiles('models/keywords/samples/stop_022cd682_nohash_0.flac');
    expect(await answerOf(page)).toBe('stop');
    await late;
    await page.waitForTimeout(1_500);
    expect(await answerOf(page)).toBe('stop');
    await close();
  }, 60_000);

  it('asks who was chosen while the answer of another was awaited', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.route('**/api/v1/predictions?classifier=keywords*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await route.continue().catch(() => undefined);
    });
    await listen(page);
    await page.getByLabel('Who listens').selectOption('sounds');
    await page.locator('[data-answer]').waitFor();
    await page
      .getByRole('region', { name: 'What is heard' })
      .getByText(/^sounds, version/)
      .waitFor();
    await close();
  }, 60_000);

  it('hears what is recorded, by the keyboard alone', async () => {
    const { page, complaints, close } = await visit(web.browser, web.stack.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('r');
    await page.getByText(/^[1-9]\.\d of 60 s$/).waitFor();
    await page.keyboard.press('r');
    await answerOf(page);
    await page.getByRole('heading', { name: /^recording .*\.wav$/ }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it('asks another classifier of the same sound, and shows why it says so', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.getByText('A dog').click();
    await listen(page);
    expect(await answerOf(page)).toBe('dog');
    await page.getByRole('img', { name: 'Activation map of dog' }).waitFor();
    await page.getByLabel('Who listens').selectOption('talent');
    await page.getByRole('columnheader', { name: 'In training' }).waitFor();
    await close();
  }, 60_000);

  it('shows requests that work as they are pasted', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await listen(page);
    await page.getByRole('tab', { name: 'In your code' }).click();
    const snippet = async (title: string) => {
      await page.getByRole('tab', { name: title, exact: true }).click();
      return (await page.locator(`[data-snippet="${title}"]`).textContent()) ?? '';
    };
    const folder = await mkdtemp(join(tmpdir(), 'earshot-snippets-'));
    try {
      const run = async (program: string, ...args: string[]) => (await promisify(execFile)(program, args, { cwd: folder })).stdout;
      await writeFile(join(folder, 'listen.mts'), await snippet('TypeScript'));
      await writeFile(join(folder, 'listen.py'), await snippet('Python'));
      expect(JSON.parse(await run('sh', '-c', await snippet('curl'))).items[0].result.label).toBe('seven');
      expect(await run(process.execPath, 'listen.mts')).toMatch(/^seven 0\.\d+\n$/);
      expect(await run('python3', 'listen.py')).toMatch(/^seven 0\.\d+\n$/);
    } finally {
      await rm(folder, { recursive: true });
      await close();
    }
  }, 60_000);

  it('says what is wrong with a file that is no audio, and where that is explained', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.getByLabel('Choose a file').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound') });
    const alert = page.getByRole('alert');
    await alert.getByText('The file is of no audio format that is supported').waitFor();
    expect(await alert.getByRole('link').getAttribute('href')).toBe('/docs/errors#AUDIO_FORMAT_UNKNOWN');
    expect(await alert.textContent()).toMatch(/request [0-9a-f-]{36}/);
    await close();
  }, 60_000);
});

describe('the page', () => {
  it('says that the server is away, keeps what it had, and goes on by itself', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await listen(page);
    const heard = await answerOf(page);
    const notice = page.getByText('The server cannot be reached.');
    await web.stack.withoutGateway(async () => {
      await notice.waitFor({ timeout: 20_000 });
      expect(await answerOf(page)).toBe(heard);
    });
    await notice.waitFor({ state: 'detached', timeout: 10_000 });
    await listen(page);
    await page.getByText('answered in').waitFor();
    await close();
  }, 90_000);

  it('lists the keys, and keeps the colours that were chosen', async () => {
    const { page, close } = await visit(web.browser, web.stack.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('t');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Light or dark').waitFor();
    await page.reload();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await close();
  }, 60_000);

  it('asks for the key of a server that wants one, once', async () => {
    const key = 'a-key-of-more-than-24-characters';
    const locked = await WebStack.start({ EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: key });
    try {
      const { page, close } = await visit(web.browser, locked.url);
      await page.getByLabel('Key', { exact: true }).fill(key);
      await page.getByRole('button', { name: 'Open' }).click();
      await listen(page);
      expect(await answerOf(page)).toBe('seven');
      await page.getByRole('tab', { name: 'In your code' }).click();
      expect(await page.locator('[data-snippet="curl"]').textContent()).toContain('Authorization: Bearer $EARSHOT_KEY');
      await close();
    } finally {
      await locked.close();
    }
  }, 120_000);
});
