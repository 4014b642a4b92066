import { readFile } from 'node:fs/promises';
import { visit } from './browser.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

async function uploadDog(): Promise<string> {
  const [id = ''] = await web.stack.upload([{ name: 'dog.wav', bytes: new Uint8Array(await readFile('models/sounds/samples/dog.wav')) }]);
  return id;
}

describe('the screen of a clip', () => {
  it('shows it, says what is heard when, and deletes it', async () => {
    const id = await uploadDog();
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/clips/${id}?classifier=sounds`);
    await page.getByRole('heading', { name: 'dog.wav' }).waitFor();
    await page.getByRole('img', { name: /^Spectrogram of dog.wav/ }).waitFor();
    await page.getByRole('rowheader', { name: /^1 production/ }).waitFor();
    await page.getByRole('region', { name: 'What is heard when' }).getByText('0.00 to').first().waitFor();
    await page.getByLabel('Scale of frequencies').selectOption('linear');
    await page.waitForURL(/scale=linear/);
    expect(complaints).toEqual([]);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'What is in a sound?' }).waitFor();
    expect((await fetch(`${web.stack.url}/api/v1/clips/${id}`)).status).toBe(404);
    await close();
  }, 60_000);

  it('shows what was predicted about it, and asks a classifier only when it is told to', async () => {
    const id = await uploadDog();
    const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/clips/${id}`);
    const past = page.getByRole('region', { name: 'Past predictions' });
    const answers = past.getByRole('row', { name: /sounds 1/ });

    await page.getByText('No classifier has answered about this clip yet.').waitFor();
    await page.getByRole('button', { name: /^Ask / }).waitFor();
    expect((await web.stack.ask<{ items: object[] }>(`/api/v1/clips/${id}/predictions`)).items).toEqual([]);
    await page.getByRole('combobox', { name: 'Classifier' }).selectOption('sounds');
    await past.getByRole('row', { name: 'in windows of 1 s' }).waitFor();
    await answers.nth(1).waitFor(); // the only version, about the whole clip

    for (let i = 0; i < 10; i++) await web.stack.post('/api/v1/predictions/clips', { clipIds: [id], classifier: 'sounds' });
    await page.goto(`${web.stack.url}/clips/${id}`);
    await answers.nth(9).waitFor();
    expect(await answers.count()).toBe(10);
    await page.getByRole('button', { name: 'More' }).click();
    await answers.nth(11).waitFor();
    expect(await page.getByRole('button', { name: 'More' }).count()).toBe(0);

    await past.getByRole('link').first().click();
    await page.waitForURL(/\/jobs\//);
    await page.getByRole('heading', { name: 'Prediction' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it('asks anew whether to delete what is in use, each time', async () => {
    const id = await uploadDog();
    await web.stack.post('/api/v1/datasets', { name: 'holds-it' });
    await web.stack.post('/api/v1/datasets/holds-it/clips', { entries: [{ clipId: id, label: 'dog' }] });
    await web.stack.post('/api/v1/datasets/holds-it/versions', {});
    const { page, close } = await visit(web.browser, `${web.stack.url}/clips/${id}`);
    const dialog = page.getByRole('dialog');
    for (let n = 0; n < 2; n++) {
      await page.getByRole('button', { name: 'Delete' }).click();
      expect(await dialog.getByText('CLIP_IN_USE').count()).toBe(0);
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await dialog.getByText('CLIP_IN_USE').waitFor();
      await dialog.getByRole('button', { name: 'Delete it all the same' }).waitFor();
      await dialog.getByRole('button', { name: 'Keep it' }).click();
    }
    await close();
  }, 60_000);

  it('of a clip that is none says so', async () => {
    const { page, close } = await visit(web.browser, `${web.stack.url}/clips/0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a`);
    await page.getByRole('alert').getByText('CLIP_NOT_FOUND').waitFor();
    await close();
  }, 60_000);
});
