// The main ways through the app by the keyboard alone: nothing is clicked, nothing is given the focus but by Tab, arrows and the keys of the page.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { toneClips } from '../training/tone-clips.js';
import { toneFile } from './batch-files.js';
import { visit } from './browser.js';
import { Keyboard } from './keyboard.js';
import { fillLibrary } from './sample-library.js';
import { predictSamples } from './scenes/review.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest({ hears: resolve('models/sounds/samples/dog.wav') });

const wav = (name: string, bytes: Uint8Array) => ({ name, mimeType: 'audio/wav', buffer: Buffer.from(bytes) });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

/** Walks a way from an address on, and hears no complaint. */
async function walk(path: string, way: (keys: Keyboard, page: Page) => Promise<void>): Promise<void> {
  const { page, complaints, close } = await visit(web.browser, web.stack.url + path);
  await way(new Keyboard(page), page);
  expect(complaints).toEqual([]);
  await close();
}

/** From any screen to another one. */
async function goTo(keys: Keyboard, page: Page, screen: string): Promise<void> {
  await keys.pressOn(page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true }));
}

it('an example and a file of one’s own are tried', async () => {
  await walk('/', async (keys, page) => {
    await keys.press('Tab');
    await page.getByRole('link', { name: 'Skip to the content' }).waitFor();
    await keys.press('Enter');
    await keys.to(page.getByRole('radio', { name: /seven/ }));
    await keys.press('ArrowDown');
    await keys.pressOn(button(page, 'Listen to this'));
    const answer = page.locator('[data-answer]');
    await answer.filter({ hasText: 'unknown' }).waitFor();
    await keys.to(tab(page, 'Why'));
    await keys.press('ArrowRight');
    await page.getByRole('rowheader', { name: 'tempo' }).waitFor();
    await keys.pressOn(button(page, 'Play An unknown name'), 'Space');
    await button(page, 'Pause An unknown name').waitFor();

    const stop = await readFile('models/keywords/samples/stop_022cd682_nohash_0.flac');
    await keys.choose(page.getByLabel('Choose a file'), { name: 'mine.flac', mimeType: 'audio/flac', buffer: stop });
    await answer.filter({ hasText: 'stop' }).waitFor();
  });
}, 90_000);

it('a batch is begun, found among the jobs, and cancelled', async () => {
  await walk('/', async (keys, page) => {
    await goTo(keys, page, 'Batches');
    await keys.choose(
      page.getByLabel('Choose files'),
      [0, 1, 2].map((number) => wav(toneFile(number).name, toneFile(number).bytes)),
    );
    await keys.write(page.getByLabel('Name of the batch'), 'Three tones');
    await web.stack.withoutWorkers(async () => {
      await keys.pressOn(button(page, 'Start with 3'));
      await page.getByText('3 of 3 files sent').waitFor();
      await goTo(keys, page, 'Jobs');
      const job = page.getByRole('link', { name: 'Three tones' });
      await job.waitFor();
      await keys.press('j');
      await keys.to(page.getByLabel('State'));
      await page.keyboard.type('waiting');
      await page.waitForURL(/state=queued/);
      await keys.pressOn(job);
      await page.getByRole('heading', { name: 'Three tones' }).waitFor();
      await keys.press('c');
      await page.getByText('cancelled', { exact: true }).first().waitFor();
    });
  });
}, 90_000);

it('what is heard live begins and ends, the keys are listed, and the settings are read', async () => {
  await walk('/live?classifier=sounds&windowSeconds=2', async (keys, page) => {
    await button(page, 'Listen').first().waitFor();
    await keys.press('r');
    const log = page.getByRole('region', { name: 'Log of what was heard' });
    await log.getByText('dog', { exact: true }).first().waitFor({ timeout: 30_000 });
    await keys.press('r');
    await button(page, 'Listen').first().waitFor();
    await keys.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Listen, or stop listening').waitFor();
    await keys.press('Escape');
    await goTo(keys, page, 'Settings');
    await keys.press('t');
    await page.locator('[data-theme="dark"]').waitFor();
    await keys.pressOn(button(page, 'Read the notices'), 'Space');
    await keys.to(page.getByRole('region', { name: 'Notices of third parties' }));
  });
}, 90_000);

it('recordings become a version of a dataset, a training, and a model that answers', async () => {
  await walk('/', async (keys, page) => {
    await goTo(keys, page, 'Datasets');
    await button(page, 'New dataset').waitFor();
    await keys.press('n');
    await keys.write(page.getByRole('dialog').getByLabel('Name'), 'by-keys');
    await keys.press('Enter');
    for (const label of ['low', 'high']) {
      const files = toneClips(24).filter((clip) => clip.label === label);
      await keys.write(page.getByRole('region', { name: /add recordings/i }).getByLabel('Label', { exact: true }), label);
      await keys.choose(
        page.getByLabel('Files'),
        files.map(({ name, bytes }) => wav(name, bytes)),
      );
      await keys.pressOn(button(page, 'Add 12 files'));
      await page.getByText('12 added.').waitFor();
    }
    await button(page, 'high 12').waitFor();
    await keys.to(tab(page, 'Clips'));
    await keys.press('j');
    const other = page.getByRole('group', { name: 'What it is' }).locator('[aria-pressed=false]');
    await keys.press((await other.getAttribute('aria-keyshortcuts')) ?? '');
    await page.getByRole('button', { name: /^(low|high) 13$/ }).waitFor();
    await keys.press('z');
    await button(page, 'high 12').waitFor();
    await keys.to(tab(page, 'Clips'));
    await keys.press('ArrowRight');
    await keys.to(tab(page, 'Check')); // nobody presses the next key within the millisecond that the focus takes
    await keys.press('ArrowRight');
    await keys.pressOn(button(page, 'Freeze a version'));
    await page.getByText('Version 1 is the dataset as it is now').waitFor();

    await keys.pressOn(page.getByRole('link', { name: 'Train on it' }).first());
    await keys.to(page.getByLabel('Profile'));
    await page.keyboard.type('electro-45');
    await keys.write(page.getByLabel('Epochs'), '10');
    await keys.pressOn(button(page, 'Start training'));
    await page.getByRole('heading', { name: 'What it is worth' }).waitFor({ timeout: 60_000 });
    await keys.to(tab(page, 'Confusion'));
    await keys.press('ArrowRight');
    await page.getByRole('columnheader', { name: 'Recall' }).waitFor();

    await keys.pressOn(page.getByRole('link', { name: 'Put it to work' }));
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
    await keys.press('p');
    await keys.pressOn(button(page, 'Point production at version 1'));
    await page.getByText('production: version 1').waitFor();
  });
}, 240_000);

it('the library is searched by name and by a sound, and what is found is played', async () => {
  await fillLibrary(web.stack);
  await walk('/', async (keys, page) => {
    await goTo(keys, page, 'Library');
    const sounds = page.getByRole('list', { name: 'Sounds of the library' });
    await sounds.waitFor();
    await keys.press('/');
    await page.keyboard.type('trance-1_b');
    await page.waitForURL(/text=trance-1_b/);
    await keys.press('ControlOrMeta+a', 'Delete');
    await page.waitForURL((url) => !url.searchParams.has('text'));

    const buffer = await readFile('library/techno/techno-1_beat.flac');
    await keys.choose(page.getByLabel('Search by a sound: choose a file'), { name: 'mine.flac', mimeType: 'audio/flac', buffer });
    const second = page.getByRole('list', { name: 'Sounds that are similar' }).getByRole('listitem').nth(1);
    await second.waitFor({ timeout: 30_000 });
    await keys.press('j', 'j');
    await second.getByRole('button', { name: /^Stop / }).waitFor();
    await keys.press('Space');
    await second.getByRole('button', { name: /^Play / }).waitFor();
    await keys.press('k', 'j');
    await second.getByRole('button', { name: /^Stop / }).waitFor();
  });
}, 240_000);

it('answers are confirmed, corrected and taken back, and become a version', async () => {
  await predictSamples(web.stack);
  await walk('/', async (keys, page) => {
    await goTo(keys, page, 'Review');
    await button(page, /^It is /).waitFor();
    await keys.press('Enter');
    await button(page, 'Make a version of 1 answer').waitFor();
    await keys.press('2');
    await button(page, 'Make a version of 2 answers').waitFor();
    await keys.press('j', 'k', 'z');
    await button(page, 'Make a version of 1 answer').waitFor();
    await keys.write(page.getByLabel('Dataset they go to'), 'heard-by-keys');
    await keys.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Version 1 of heard-by-keys has 1 clip.' }).waitFor();
  });
}, 180_000);
