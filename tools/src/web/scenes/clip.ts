import { readFile } from 'node:fs/promises';
import type { Scene } from '../scenes.js';
import type { WebStack } from '../web-stack.js';

async function dog(stack: WebStack): Promise<string> {
  const bytes = new Uint8Array(await readFile('models/sounds/samples/dog.wav'));
  const [id = ''] = await stack.upload([{ name: 'dog in the yard.wav', bytes }]);
  return id;
}

export const scenes: readonly Scene[] = [
  {
    name: 'clip',
    path: ({ id }) => `/clips/${id}?classifier=sounds`,
    async prepare(stack) {
      const id = await dog(stack);
      for (const classifier of ['sounds', 'keywords']) await stack.post('/api/v1/predictions/clips', { clipIds: [id], classifier });
      return { id };
    },
    async act(page) {
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
      await page.getByText('By version of the model').waitFor();
      await page.getByRole('region', { name: 'Past predictions' }).waitFor();
      await page.getByRole('region', { name: /^Features of/ }).waitFor();
    },
  },
  {
    name: 'clip-not-asked-about',
    path: ({ id }) => `/clips/${id}`,
    prepare: async (stack) => ({ id: await dog(stack) }),
    async act(page) {
      await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
      await page.getByText('No classifier has answered about this clip yet.').waitFor();
      await page.getByRole('region', { name: /^Features of/ }).waitFor();
    },
  },
];
