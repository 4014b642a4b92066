import type { Scene } from '../scenes.js';
import { plantTones, trainTones } from '../training-fixtures.js';

export const scenes: readonly Scene[] = [
  {
    name: 'runs-list',
    path: '/runs',
    prepare: async (stack) => {
      await plantTones(stack, 'runs-tones');
      await trainTones(stack, { dataset: 'runs-tones', classifier: 'runs-tones' });
      return {};
    },
    act: (page) => page.getByRole('region', { name: 'Runs' }).getByText('done').filter({ visible: true }).first().waitFor(),
  },
  {
    name: 'runs-compared',
    path: ({ ids }) => `/runs?ids=${encodeURIComponent(ids ?? '')}`,
    async prepare(stack) {
      const ids: string[] = [];
      for (const [epochs, batchSize] of [
        [5, 8],
        [8, 16],
        [10, 32],
        [12, 8],
        [15, 16],
      ])
        ids.push(await trainTones(stack, { dataset: 'runs-tones', classifier: 'compared', settings: { epochs, batchSize } }));
      return { ids: JSON.stringify(ids) };
    },
    async act(page) {
      await page.getByText('All were measured on the same clips').waitFor();
      await page.getByRole('img', { name: /^5 runs over/ }).waitFor();
    },
  },
];
