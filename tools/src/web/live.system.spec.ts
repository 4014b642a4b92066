import { resolve } from 'node:path';
import { visit } from './browser.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest({ hears: resolve('models/sounds/samples/dog.wav') });

describe('live', () => {
  it('says what the microphone hears, window by window, by the keyboard alone, and keeps no recording', async () => {
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/library`);
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live' }).click();
    await page.getByLabel('Who listens').selectOption('sounds');
    await page.getByLabel('Listen in pieces of').selectOption('2');
    await page.getByRole('button', { name: 'Listen' }).first().waitFor();
    await page.keyboard.press('r');
    await page.getByRole('img', { name: /^Spectrogram of the last ten seconds/ }).waitFor();
    const log = page.getByRole('region', { name: 'Log of what was heard' });
    await log.getByText('dog', { exact: true }).first().waitFor({ timeout: 30_000 });
    await log.getByText('filtered out').first().waitFor({ timeout: 30_000 });
    await page.keyboard.press('r');
    await page.getByRole('button', { name: 'Listen' }).first().waitFor();
    expect(await page.getByText('Half within').locator('xpath=following-sibling::dd').textContent()).toMatch(/^\d+ ms$/);
    expect(complaints).toEqual([]);
    await expect(clipsLeft()).resolves.toBe(0);
    await close();
  }, 90_000);

  it('keeps the recordings where that is wanted, and shows only what was heard', async () => {
    const { page, close } = await visit(
      web.browser,
      `${web.stack.url}/live?classifier=sounds&windowSeconds=2&quietDb=-70&keeps=true&show=heard`,
    );
    await page.getByRole('button', { name: 'Listen' }).first().click();
    const log = page.getByRole('region', { name: 'Log of what was heard' });
    await log.getByRole('link', { name: 'clip' }).first().waitFor({ timeout: 30_000 });
    expect(await log.getByText('filtered out').count()).toBe(0);
    await log.getByRole('link', { name: 'clip' }).first().click();
    await page.getByRole('heading', { name: /^live .*\.wav$/ }).waitFor();
    await close();
  }, 90_000);

  it('says why there is no microphone where the browser forbids it', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/live`);
    await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
    await page.reload();
    await page.getByText('Your browser allows the microphone only over https').waitFor();
    expect(await page.getByRole('button', { name: 'Listen' }).first().isDisabled()).toBe(true);
    await close();
  }, 60_000);
});

/** Waits until the last answered window is deleted too. */
async function clipsLeft(): Promise<number> {
  for (let tries = 0; ; tries++) {
    const { items } = await web.stack.ask<{ items: object[] }>('/api/v1/clips');
    if (items.length === 0 || tries === 50) return items.length;
    await new Promise((done) => setTimeout(done, 100));
  }
}
