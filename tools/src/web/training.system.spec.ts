// The way from recordings to a model that answers, in a browser, against real services.
import type { Page } from 'playwright-core';
import { toneClips } from '../training/tone-clips.js';
import { visit } from './browser.js';
import { beginTones, plantTones, trainTones } from './training-fixtures.js';
import { webUnderTest } from './web-under-test.js';

const web = webUnderTest();

const filesOf = (label: string) =>
  toneClips(24)
    .filter((clip) => clip.label === label)
    .map(({ name, bytes }) => ({ name, mimeType: 'audio/wav', buffer: Buffer.from(bytes) }));

async function add(page: Page, label: string): Promise<void> {
  const adding = page.getByRole('region', { name: /add recordings/i });
  await adding.getByLabel('Label', { exact: true }).fill(label);
  await adding.getByLabel('Files').setInputFiles(filesOf(label));
  await page.getByRole('button', { name: 'Add 12 files' }).click();
  await page.getByText('12 added.').waitFor();
}

it('recordings become a dataset, a version, a model that was measured, and one that answers', async () => {
  const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/datasets`);
  await page.getByRole('button', { name: 'New dataset' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('tones');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { name: 'tones', level: 1 }).waitFor();
  await add(page, 'low');
  await add(page, 'high');
  await page.getByRole('button', { name: 'high 12' }).waitFor();

  await page.getByRole('link', { name: 'Train on it' }).click();
  await page.getByLabel('Profile').selectOption('electro-45@1');
  await page.getByLabel('Classifier').fill('tones');
  await page.getByLabel('Epochs').fill('300');
  await page.getByText('must be within 5 to 200').waitFor();
  expect(await page.getByRole('button', { name: 'Start training' }).isDisabled()).toBe(true);
  await page.getByLabel('Epochs').fill('10');
  await page.getByRole('button', { name: 'Start training' }).click();

  await page.getByRole('heading', { name: 'What it is worth' }).waitFor({ timeout: 60_000 });
  expect(await page.getByText(/^right of \d+ clips/).textContent()).toMatch(/95 % interval/);
  await page.getByRole('button', { name: 'Loss: show as table' }).click();
  expect(await page.getByRole('region', { name: 'Loss, as a table' }).getByRole('row').count()).toBe(11);
  await page.getByRole('region', { name: 'Confusion matrix' }).getByRole('button', { disabled: false }).first().click();
  await page
    .getByRole('link', { name: /^(low|high)-.*\.wav$/ })
    .first()
    .waitFor();

  await page.getByRole('link', { name: 'Put it to work' }).click();
  await page.getByRole('heading', { name: 'Version 1' }).waitFor();
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Point production at version 1' }).click();
  await page.getByText('production: version 1').waitFor();
  expect(await web.stack.ask('/api/v1/classifiers/tones/aliases/production')).toMatchObject({ version: 1 });
  expect(complaints).toEqual([]);
  await close();
}, 120_000);

describe('a dataset', () => {
  it('is labelled from the keyboard, and a label is taken back', async () => {
    await plantTones(web.stack, 'labelled');
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/labelled?label=low`);
    const first = page.getByRole('link', { name: 'low-0-0.wav' });
    await first.waitFor();
    const key = await page.getByRole('button', { name: 'high', exact: true }).getAttribute('aria-keyshortcuts');
    await page.keyboard.press(key ?? '');
    await page.getByRole('button', { name: 'high 21' }).waitFor();
    await page.keyboard.press('z');
    await page.getByRole('button', { name: 'high 20' }).waitFor();
    await first.waitFor();
    await page.keyboard.press('j');
    await page.getByRole('link', { name: 'low-0-2.wav' }).waitFor();
    await close();
  }, 60_000);

  it('takes what is sound of that which is chosen, and names what is none', async () => {
    await web.stack.post('/api/v1/datasets', { name: 'mixed' });
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/mixed`);
    const none = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound at all') };
    await page.getByLabel('Files').setInputFiles([none, ...filesOf('low').slice(0, 3)]);
    await page.getByRole('button', { name: 'Add 4 files' }).click();
    await page.getByText('3 added.').waitFor();
    await page
      .getByRole('region', { name: /^Files that failed/ })
      .getByText('notes.txt', { exact: true })
      .waitFor();
    expect(await web.stack.ask('/api/v1/datasets/mixed')).toMatchObject({ counts: { clips: 3 } });
    await close();
  }, 60_000);

  it('takes files while it is sent others, and keeps those for the next time', async () => {
    await web.stack.post('/api/v1/datasets', { name: 'meanwhile' });
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/meanwhile`);
    const goesOn = Promise.withResolvers<void>();
    await page.route('**/datasets/meanwhile/clips', async (route) => {
      await goesOn.promise;
      await route.continue();
    });
    await page.getByLabel('Files', { exact: true }).setInputFiles(filesOf('low').slice(0, 2));
    const sent = page.waitForRequest('**/datasets/meanwhile/clips');
    await page.getByRole('button', { name: 'Add 2 files' }).click();
    await sent;
    await page.getByLabel('Files', { exact: true }).setInputFiles(filesOf('low').slice(2, 5));
    await page.getByText('2 of 2 files').waitFor(); // sent, whatever is chosen since
    goesOn.resolve();
    await page.getByRole('button', { name: 'Add 3 files' }).click();
    await page.getByText('3 added.').waitFor();
    expect(await web.stack.ask('/api/v1/datasets/meanwhile')).toMatchObject({ counts: { clips: 5 } });
    await close();
  }, 60_000);

  it('has nothing of another one that was looked at just before', async () => {
    for (const name of ['this', 'other']) await plantTones(web.stack, name, toneClips(8));
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets`);
    const open = async (name: string) => {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
    };
    await open('other');
    await page.getByRole('link', { name: 'Datasets', exact: true }).first().click();
    await open('this');
    const key = (await page.getByRole('button', { name: 'high', exact: true }).getAttribute('aria-keyshortcuts')) ?? '';
    await page.keyboard.press(key);
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    await page.evaluate(() => history.go(-2));
    await page.getByRole('heading', { name: 'other', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'high', exact: true }).waitFor();
    expect(await undo.count()).toBe(0); // it would say of this one what a clip of the other was
    await close();
  }, 60_000);

  it('keeps what the server did not take of what was said, and says it again', async () => {
    await plantTones(web.stack, 'refused');
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/refused?label=low`);
    const link = (name: string) => page.getByRole('link', { name, exact: true });
    await link('low-0-0.wav').waitFor();
    const key = (await page.getByRole('button', { name: 'high', exact: true }).getAttribute('aria-keyshortcuts')) ?? '';
    await page.keyboard.press('j');
    await link('low-0-2.wav').waitFor();
    await page.route('**/datasets/refused/clips', (route) => route.abort(), { times: 1 });
    await page.keyboard.press(key); // this one is lost on the way
    await page.keyboard.press('j');
    await page.keyboard.press(key);
    await page.getByRole('button', { name: 'high 21' }).waitFor();
    await page.getByText('What you said of one clip was not taken.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'high 22' }).waitFor();
    await page.getByText('was not taken').waitFor({ state: 'detached' });
    await close();
  }, 60_000);

  it('goes on with the clip that follows where one leaves the list, and takes the right one back', async () => {
    await plantTones(web.stack, 'left');
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/left?label=low`);
    const shown = page.getByRole('region', { name: 'Clips' }).locator('tr[aria-selected=true] td').first();
    const key = (await page.getByRole('button', { name: 'high', exact: true }).getAttribute('aria-keyshortcuts')) ?? '';
    const names = await page.getByRole('region', { name: 'Clips' }).locator('tbody tr td:first-child').allTextContents();
    for (let step = 0; step < 3; step++) await page.keyboard.press('j');
    await shown.filter({ hasText: names[3] ?? '' }).waitFor();
    await page.keyboard.press(key);
    await shown.filter({ hasText: names[4] ?? '' }).waitFor();
    await page.route('**/datasets/left/clips', (route) => route.abort(), { times: 1 });
    await page.keyboard.press(key);
    await page.getByText('What you said of one clip was not taken.').waitFor();
    await page.keyboard.press('z');
    await shown.filter({ hasText: names[3] ?? '' }).waitFor();
    await page.getByRole('button', { name: 'low 20' }).waitFor();
    await close();
  }, 60_000);

  it('is checked, and a copy that is found is taken out', async () => {
    const clips = toneClips(24);
    const [first] = clips;
    if (first === undefined) throw new Error('No clips');
    await plantTones(web.stack, 'copied', [...clips, { ...first, name: 'copy.wav', bytes: withComment(first.bytes) }]);
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/copied?view=check`);
    await page.getByRole('button', { name: 'Check the clips' }).click();
    await page.getByRole('heading', { name: 'The same sound twice: 1' }).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Take out copy.wav' }).click();
    await page.getByText('taken out').waitFor();
    expect(await web.stack.ask('/api/v1/datasets/copied')).toMatchObject({ counts: { clips: 24 } });
    await close();
  }, 60_000);

  it('shows its split at random beside the one by group, and keeps what was chosen in the address', async () => {
    await plantTones(web.stack, 'parted');
    await web.stack.post('/api/v1/datasets/parted/versions', {});
    const { page, close } = await visit(web.browser, `${web.stack.url}/datasets/parted?view=split`);
    await page.getByText(/groups are on both sides/).waitFor();
    await page.getByLabel('Held out').selectOption('0.3');
    await page.getByRole('region', { name: 'Split by group' }).getByRole('row', { name: 'Clips 28 12' }).waitFor();
    expect(new URL(page.url()).searchParams.get('share')).toBe('0.3');
    await close();
  }, 60_000);
});

it('a training that goes on is shown live, and stopped with its best epoch from the keyboard', async () => {
  await plantTones(web.stack, 'long', toneClips(80));
  const id = await beginTones(web.stack, {
    dataset: 'long',
    classifier: 'long',
    settings: { epochs: 200, patience: 200, batchSize: 8, hidden: [1024, 512, 256, 128] },
    augmentation: { copies: 6 },
  });
  const { page, close } = await visit(web.browser, `${web.stack.url}/runs/${id}`);
  await page.getByText(/^Epoch \d+ of at most 200/).waitFor({ timeout: 60_000 });
  await page.getByRole('img', { name: /^Loss of/ }).waitFor();
  await page.getByRole('heading', { name: 'Training' }).waitFor();
  await page.keyboard.press('s');
  await page.getByText(/it ended when it was told to stop/).waitFor({ timeout: 60_000 });
  await page.getByRole('heading', { name: 'What it is worth' }).waitFor();
  await close();
}, 150_000);

it('runs stand side by side, and the thresholds of one are tried on its held-out clips before they are kept', async () => {
  await plantTones(web.stack, 'many', toneClips(40, { overlap: 0.6 }));
  const ids = [
    await trainTones(web.stack, { dataset: 'many', classifier: 'many' }),
    await trainTones(web.stack, { dataset: 'many', classifier: 'many', settings: { epochs: 12 } }),
  ];
  const { page, complaints, close } = await visit(web.browser, `${web.stack.url}/runs?classifier=many`);
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('checkbox').first().check();
  await page.getByText('All were measured on the same clips').waitFor();
  await page.getByRole('row', { name: 'settings.epochs 8 12' }).waitFor();

  await page.goto(`${web.stack.url}/runs/${ids[0]}?view=thresholds`);
  await page.getByRole('slider', { name: 'All other labels' }).fill('1');
  await page.getByText(/^0 of 8 answered/).waitFor();
  await page.getByRole('button', { name: 'Decide like this from now on' }).click();
  await page.getByText(/^Kept/).waitFor();
  expect(await web.stack.ask('/api/v1/classifiers/many/versions/1')).toMatchObject({ decision: { unknownBelow: 1 } });
  expect(complaints).toEqual([]);
  await close();
}, 120_000);

it('a model goes out as an archive, comes in under another name, and is rolled back', async () => {
  await plantTones(web.stack, 'moved');
  for (const epochs of [5, 6])
    await trainTones(web.stack, { dataset: 'moved', classifier: 'moved', settings: { epochs }, promote: 'production' });
  const { page, close } = await visit(web.browser, `${web.stack.url}/models/moved`);
  await page.getByRole('button', { name: 'Roll back production' }).click();
  await page.getByText('production points at version 1 again').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  expect(download.suggestedFilename()).toBe('moved-1.tar');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Classifier').fill('moved-here');
  await dialog.getByLabel('Archive').setInputFiles(await download.path());
  await dialog.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('heading', { name: 'moved-here' }).waitFor({ timeout: 30_000 });
  expect(await web.stack.ask('/api/v1/classifiers/moved-here/versions')).toMatchObject({
    items: [{ version: 1, labels: ['high', 'low'] }],
  });
  await close();
}, 120_000);

/** Other bytes of the same sound: a chunk that says nothing of it. */
function withComment(wav: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const chunk = Buffer.from('LIST\x04\0\0\0note', 'latin1');
  const bytes = Buffer.concat([wav, chunk]);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  return new Uint8Array(bytes);
}
