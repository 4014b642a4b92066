import { readFile } from 'node:fs/promises';
import { fillLibrary } from '../sample-library.js';
import type { Scene } from '../scenes.js';

const filled: Scene['prepare'] = async (stack) => {
  await fillLibrary(stack);
  return {};
};

export const scenes: readonly Scene[] = [
  { name: 'library-empty', path: '/library', act: (page) => page.getByText('Sounds that you want to find again belong here').waitFor() },
  {
    name: 'library-sounds',
    path: '/library?tag=loop',
    prepare: filled,
    act: (page) => page.getByRole('link', { name: 'ambient-1_bass.flac', exact: true }).waitFor(),
  },
  {
    name: 'library-similar',
    path: ({ id }) => `/library?like=${id}`,
    async prepare(stack) {
      await fillLibrary(stack);
      const bytes = new Uint8Array(await readFile('library/house/house-1_beat.flac'));
      const [id = ''] = await stack.upload([{ name: 'what I look for.flac', bytes }]);
      return { id };
    },
    act: (page) => page.getByText('0.', { exact: false }).filter({ hasText: 'similar' }).first().waitFor(),
  },
  {
    name: 'library-map',
    path: '/library?view=map',
    prepare: filled,
    async act(page) {
      await page.getByRole('row').filter({ hasText: 'ambient-1_beat.flac' }).click();
      await page.getByRole('link', { name: 'ambient-1_beat.flac' }).waitFor();
    },
  },
  {
    name: 'library-anomalies',
    path: '/library?view=anomalies',
    prepare: filled,
    act: (page) => page.getByText('anomalous', { exact: true }).first().waitFor(),
  },
  {
    name: 'library-index',
    path: '/library?view=index',
    prepare: filled,
    act: (page) => page.getByText('Samples that belong to it').first().waitFor(),
  },
];
