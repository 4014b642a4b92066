// Every scene in light and dark, wide and narrow: nothing that hinders people, nothing out of the page, no complaint of the console.
import { resolve } from 'node:path';
import { axeFindings, fits, themes, visit, widths } from './browser.js';
import { type Found, pathOf, scenesOf } from './scenes.js';
import { isShort, webUnderTest } from './web-under-test.js';

const web = webUnderTest({ hears: resolve('models/sounds/samples/dog.wav') });

const views = widths.flatMap((width) => themes.map((theme) => ({ width, theme })));
/** Each scene is seen once, wide and light or narrow and dark by turns. */
const shortViews = widths.map((width, i) => ({ width, theme: themes[i % themes.length]! }));

const scenes = (await scenesOf()).map((scene, i) => ({ ...scene, views: isShort ? [shortViews[i % shortViews.length]!] : views }));

it('there are scenes', () => expect(scenes.length).toBeGreaterThan(0));

describe.each(scenes)('$name', (scene) => {
  let found: Found = {};
  beforeAll(async () => {
    found = (await scene.prepare?.(web.stack)) ?? {};
  }, 300_000); // some train a model

  it.each(scene.views)(
    'is for everybody at $width pixels in $theme colours',
    async ({ width, theme }) => {
      const { page, complaints, close } = await visit(web.browser, new URL(pathOf(scene, found), web.stack.url).href, { theme, width });
      await scene.act(page);
      const unexpected = complaints.filter((text) => !scene.complaint?.test(text));
      expect({ axe: await axeFindings(page), fits: await fits(page), complaints: unexpected }).toEqual({
        axe: [],
        fits: true,
        complaints: [],
      });
      await close();
    },
    120_000,
  );
});
