import type { Scene } from '../scenes.js';

export const scenes: readonly Scene[] = [
  { name: 'try-empty', path: '/', act: (page) => page.getByText('What is heard stands here').waitFor() },
  {
    name: 'try-word',
    path: '/',
    async act(page) {
      await page.getByText('Right in').or(page.getByText('Hears ten English digits')).first().waitFor();
      await page.getByRole('button', { name: 'Listen to this' }).click();
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
    },
  },
  {
    name: 'try-dog-why',
    path: '/',
    async act(page) {
      await page.getByText('A dog').click();
      await page.getByRole('button', { name: 'Listen to this' }).click();
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
      await page.getByText('What the layers made of it').waitFor();
    },
  },
  {
    name: 'try-chord-why',
    path: '/',
    async act(page) {
      await page.getByText('A chord').click();
      await page.getByRole('button', { name: 'Listen to this' }).click();
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
      await page.getByRole('columnheader', { name: 'In training' }).waitFor();
    },
  },
  {
    name: 'try-numbers',
    path: '/',
    async act(page) {
      await page.getByRole('button', { name: 'Listen to this' }).click();
      await page.getByRole('tab', { name: 'Numbers' }).click();
      await page.getByRole('rowheader', { name: /^tempo\b/ }).waitFor();
    },
  },
  {
    name: 'try-code',
    path: '/',
    async act(page) {
      await page.getByRole('button', { name: 'Listen to this' }).click();
      await page.getByRole('tab', { name: 'In your code' }).click();
      await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
    },
  },
  {
    name: 'try-no-audio',
    path: '/',
    complaint: /status of 415/,
    async act(page) {
      await page.getByLabel('Choose a file').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound') });
      await page.getByRole('alert').waitFor();
    },
  },
];
