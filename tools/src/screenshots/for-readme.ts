// The two pictures of the README: they are of scenes too, smaller, and kept in docs/.
import { writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { visit } from '../web/browser.js';
import { fillLibrary } from '../web/sample-library.js';
import { pathOf, scenesOf } from '../web/scenes.js';
import type { WebStack } from '../web/web-stack.js';

const pictures = [
  { scene: 'try-dog-why', file: 'docs/home.webp', height: 1560 },
  { scene: 'library-map', file: 'docs/library.webp', height: 1010 },
];
const width = 1440;
const shownWidth = 1000;

export async function picturesForReadme(stack: WebStack, browser: Browser): Promise<void> {
  await fillLibrary(stack, 20); // the whole demonstration library, for a map with something on it
  const scenes = await scenesOf(['try', 'library']);
  for (const { scene: name, file, height } of pictures) {
    const scene = scenes.find((one) => one.name === name);
    if (scene === undefined) throw new Error(`There is no scene ${name}`);
    const { page, close } = await visit(browser, new URL(pathOf(scene, {}), stack.url).href);
    await page.setViewportSize({ width, height });
    await scene.act(page);
    const session = await page.context().newCDPSession(page);
    const clip = { x: 0, y: 0, width, height, scale: shownWidth / width };
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82, clip });
    await writeFile(file, Buffer.from(data, 'base64'));
    console.log(file);
    await close();
  }
}
