import { readFile } from 'node:fs/promises';
import { notesFile, toneFile } from '../batch-files.js';
import type { Scene } from '../scenes.js';

const payload = ({ name, bytes }: { name: string; bytes: Uint8Array }) => ({ name, mimeType: 'audio/wav', buffer: Buffer.from(bytes) });

export const scenes: readonly Scene[] = [
  {
    name: 'batches-begun',
    path: '/batches?work=describe',
    complaint: /415/,
    async act(page) {
      await page.getByLabel('Choose files').setInputFiles([...Array.from({ length: 12 }, (_, i) => toneFile(i)), notesFile].map(payload));
      await page.getByLabel('Name of the batch').fill('Tones of the morning');
      await page.getByRole('button', { name: 'Start with 13' }).click();
      await page.getByText('13 of 13 files sent').waitFor();
      await page.getByRole('region', { name: 'This batch' }).getByText('done', { exact: true }).waitFor();
    },
  },
  {
    name: 'batches-clips',
    path: '/batches?from=clips',
    async prepare(stack) {
      const bytes = new Uint8Array(await readFile('models/sounds/samples/dog.wav'));
      await stack.upload([{ name: 'dog in the yard.wav', bytes }, toneFile(1), toneFile(2)]);
      return {};
    },
    async act(page) {
      await page.getByRole('button', { name: 'Choose all' }).click();
      await page.getByRole('button', { name: /^Start with/ }).waitFor();
      await page.getByText(/estimate|of work/).waitFor();
    },
  },
  {
    name: 'batches-lines',
    path: '/batches?from=lines',
    async act(page) {
      await page.getByLabel('One clip a line').fill('{"clipId": "tone 1"}');
      await page.getByText('Line 1 has a clipId that is no id of a clip').waitFor();
    },
  },
];
