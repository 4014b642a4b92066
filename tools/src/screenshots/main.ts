// npm run screenshots -- [screen ...]   pictures of all scenes, or of those of some screens, wide and narrow, light and dark: screenshots/
// npm run screenshots -- --readme       the two of the README, anew: docs/
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openBrowser, themes, visit, widths } from '../web/browser.js';
import { pathOf, scenesOf } from '../web/scenes.js';
import { WebStack } from '../web/web-stack.js';
import { picturesForReadme } from './for-readme.js';

const folder = 'screenshots';
const isForReadme = process.argv[2] === '--readme';
const scenes = isForReadme ? [] : await scenesOf(process.argv.slice(2));
await mkdir(folder, { recursive: true });
const [stack, browser] = await Promise.all([WebStack.start(), openBrowser({ hears: resolve('models/sounds/samples/dog.wav') })]);
try {
  if (isForReadme) await picturesForReadme(stack, browser);
  for (const scene of scenes) {
    const found = (await scene.prepare?.(stack)) ?? {};
    for (const width of widths) {
      for (const theme of themes) {
        const { page, complaints, close } = await visit(browser, new URL(pathOf(scene, found), stack.url).href, { theme, width });
        const path = `${folder}/${scene.name}-${width}-${theme}.png`;
        try {
          await scene.act(page);
        } catch (error) {
          console.error(`${scene.name}: ${String(error)}`);
          process.exitCode = 1;
        }
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height }); // bars that stay in sight stand where they belong, and not in the middle
        await page.screenshot({ path });
        console.log(path);
        for (const complaint of complaints.filter((text) => !scene.complaint?.test(text))) console.error(`${scene.name}: ${complaint}`);
        await close();
      }
    }
  }
} finally {
  await browser.close();
  await stack.close();
}
