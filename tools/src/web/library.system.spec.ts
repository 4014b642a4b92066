import { readFile } from 'node:fs/promises';
import { visit } from './browser.js';
import { fillLibrary } from './sample-library.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

describe('the library', () => {
  it('is filled from its empty state, and says which file it cannot read', async () => {
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/library`);
    await page.getByText('Sounds that you want to find again belong here').waitFor();
    await page.getByRole('button', { name: 'Add sounds' }).last().click();
    const dialog = page.getByRole('dialog', { name: 'Add sounds' });
    const buffer = await readFile('library/house/house-1_beat.flac');
    await dialog.getByLabel('Files').setInputFiles([
      { name: 'kick.flac', mimeType: 'audio/flac', buffer },
      { name: 'broken.flac', mimeType: 'audio/flac', buffer: buffer.subarray(0, 60) },
    ]);
    await dialog.getByLabel('Genre').fill('drums');
    await dialog.getByLabel('Tags, with commas between them').fill('loop, four on the floor');
    await dialog.getByRole('button', { name: 'Add 2 files' }).click();
    await dialog.getByText('1 of 2 files are in the library').waitFor({ timeout: 30_000 });
    await dialog.getByText(/^broken\.flac: /).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const line = page.getByRole('listitem').filter({ hasText: 'kick.flac' });
    await line.getByText('four on the floor').waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  describe('with loops of six genres', () => {
    beforeAll(() => fillLibrary(web.stack), 120_000);

    it('is searched by a sound, by the keyboard, and what is found is heard as the focus comes to it', async () => {
      const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/library`);
      const buffer = await readFile('library/techno/techno-1_beat.flac');
      const chooser = page.getByLabel('Search by a sound: choose a file');
      await chooser.setInputFiles({ name: 'mine.flac', mimeType: 'audio/flac', buffer });
      await page.getByText('One sample is the same sound: techno-1_beat.flac.').waitFor({ timeout: 30_000 });
      const found = page.getByRole('list', { name: 'Sounds that are similar' });
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await found
        .getByRole('listitem')
        .nth(1)
        .getByRole('button', { name: /^Stop / })
        .waitFor();
      await page.keyboard.press('Space');
      await found
        .getByRole('listitem')
        .nth(1)
        .getByRole('button', { name: /^Play / })
        .waitFor();
      await page.getByLabel('Genre').selectOption('house');
      await page.waitForURL(/genre=house/);
      await page.waitForFunction(() => document.querySelectorAll('ul[aria-label="Sounds that are similar"] > li').length === 4);
      expect(complaints).toEqual([]);
      await close();
    }, 60_000);

    it('is filtered by name from the keyboard, and the view is a link', async () => {
      const { page, close } = await visit(web.browser, `${web.stack.url}/library`);
      const sounds = page.getByRole('list', { name: 'Sounds of the library' });
      await sounds.waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('trance-1_b');
      await page.waitForURL(/text=trance-1_b/);
      await page.reload();
      await sounds.getByRole('link', { name: 'trance-1_bass.flac', exact: true }).waitFor();
      expect(await sounds.getByRole('listitem').count()).toBe(2);
      await close();
    }, 60_000);

    it('has a map whose list is the same for the keyboard', async () => {
      const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/library?view=map`);
      const row = page.getByRole('row').filter({ hasText: 'techno-1_beat.flac' });
      await row.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/at=/);
      await page.getByRole('button', { name: 'Stop techno-1_beat.flac' }).waitFor();
      await page.getByRole('button', { name: 'house', exact: true }).click();
      await page.waitForURL(/genre=house/);
      await page.getByRole('button', { name: 'Draw it anew' }).click();
      await page.getByRole('button', { name: 'Draw it anew', disabled: true }).waitFor();
      await page.getByRole('button', { name: 'Draw it anew', disabled: false }).waitFor({ timeout: 60_000 });
      expect(complaints).toEqual([]);
      await close();
    }, 90_000);

    it('says what does not belong and why, and lets it be taken out', async () => {
      const { page, close } = await visit(web.browser, `${web.stack.url}/library?view=anomalies`);
      const first = page.getByRole('list', { name: 'Least fitting first' }).getByRole('listitem').first();
      await first
        .getByText(/, usually .* interquartile ranges/)
        .first()
        .waitFor();
      const name = (await first.getByRole('link').textContent()) ?? '';
      await first.getByRole('button', { name: `Take out ${name}` }).click();
      await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
      const { items } = await web.stack.ask<{ items: object[] }>(`/api/v1/library/clips?text=${encodeURIComponent(name)}`);
      expect(items).toEqual([]);
      await close();
    }, 60_000);

    it('shows its indexes, and makes one anew', async () => {
      const { page, close } = await visit(web.browser, `${web.stack.url}/library?view=index`);
      const index = page.getByRole('region', { name: 'sound-97@1' });
      await index.getByText('Vectors that Chroma counts').waitFor();
      const before = await index.getByText(/^Version \d+,/).count();
      await index.getByRole('button', { name: 'Make it anew' }).click();
      await index
        .getByText(/^Version \d+,/)
        .nth(before)
        .waitFor({ timeout: 60_000 });
      await close();
    }, 90_000);
  });
});
