import { readFile } from 'node:fs/promises';
import type { Scene } from '../scenes.js';

export const scenes: readonly Scene[] = [
  {
    name: 'clip',
    path: ({ id }) => `/clips/${id}`,
    async prepare(stack) {
      const bytes = new Uint8Array(await readFile('models/sounds/samples/dog.wav'));
      const [id = ''] = await stack.upload([{ name: 'dog in the yard.wav', bytes }]);
      return { id };
    },
    async act(page) {
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
      await page.getByText('By version of the model').waitFor();
      await page.getByRole('region', { name: /^Features of/ }).waitFor();
    },
  },
];
