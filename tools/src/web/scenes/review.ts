import { readdir, readFile } from 'node:fs/promises';
import type { Scene } from '../scenes.js';
import type { WebStack } from '../web-stack.js';

const folders = ['models/sounds/samples', 'models/keywords/samples'];

/** Answers to look at: those of two classifiers about some of the sounds that come with Earshot. */
export async function predictSamples(stack: WebStack): Promise<Record<string, string>> {
  const files = await Promise.all(folders.map(async (folder) => (await soundsOf(folder)).slice(0, 9)));
  const clipIds = await stack.upload(files.flat());
  for (const classifier of ['sounds', 'keywords']) {
    await stack.ended(await stack.post('/api/v1/predictions/clips', { clipIds, classifier }));
  }
  return {};
}

async function soundsOf(folder: string) {
  const names = (await readdir(folder)).filter((name) => /\.(wav|flac)$/.test(name)).toSorted();
  return Promise.all(names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(`${folder}/${name}`)) })));
}

export const scenes: readonly Scene[] = [
  {
    name: 'review',
    path: '/review?classifier=sounds',
    prepare: predictSamples,
    async act(page) {
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
      await page.getByRole('button', { name: /^It is / }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Make a version of 1 answer').waitFor();
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
    },
  },
  {
    name: 'review-unsure',
    path: '/review?classifier=keywords',
    prepare: predictSamples,
    async act(page) {
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
      await page.getByRole('group', { name: 'Further labels' }).waitFor();
    },
  },
];
