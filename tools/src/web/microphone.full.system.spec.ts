// Who leaves, or has pressed twice, is not heard: on each screen that asks for the microphone.
import type { Page } from 'playwright-core';
import { type Visit, visit } from './browser.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

/** A browser in which people think for a while before they allow the microphone. */
async function hesitating(path: string): Promise<Visit> {
  const visited = await visit(web.browser, web.stack.url);
  await visited.page.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const given: MediaStreamTrack[] = [];
    Object.assign(globalThis, { given });
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      const stream = await ask(wanted);
      given.push(...stream.getTracks());
      return stream;
    };
  });
  await visited.page.goto(`${web.stack.url}${path}`);
  await visited.page
    .getByRole('button', { name: path === '/' ? 'Record' : 'Listen' })
    .first()
    .waitFor();
  return visited;
}

const given = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { given: MediaStreamTrack[] }).given.map(({ readyState }) => readyState));

async function untilGiven(page: Page): Promise<void> {
  await page.waitForFunction(() => (globalThis as unknown as { given: MediaStreamTrack[] }).given.length > 0);
  await page.waitForTimeout(1_000); // whatever begins with it has begun
}

describe.each(['/', '/live'])('the microphone at %s', (path) => {
  it('is given back when the screen was left before it was allowed', async () => {
    const { page, close } = await hesitating(path);
    await page.keyboard.press('r');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await untilGiven(page);
    expect(await given(page)).toEqual(['ended']);
    await close();
  }, 60_000);

  it('is asked for once by who presses twice, and given back by the next press', async () => {
    const { page, close } = await hesitating(path);
    await page.keyboard.press('r');
    await page.keyboard.press('r');
    await untilGiven(page);
    await page.getByRole('button', { name: /^Stop/ }).waitFor();
    await page.keyboard.press('r');
    await page
      .getByRole('button', { name: path === '/' ? 'Record' : 'Listen' })
      .first()
      .waitFor();
    expect(await given(page)).toEqual(['ended']);
    await close();
  }, 60_000);

  it('that goes away is told', async () => {
    const { page, close } = await hesitating(path);
    await page.keyboard.press('r');
    await untilGiven(page);
    await page.evaluate(() => {
      for (const track of (globalThis as unknown as { given: MediaStreamTrack[] }).given) track.dispatchEvent(new Event('ended'));
    });
    await page.getByText('The microphone went away').waitFor();
    await close();
  }, 60_000);
});
