import type { Scene } from '../scenes.js';
import { plantTones } from '../training-fixtures.js';

export const scenes: readonly Scene[] = [
  {
    name: 'datasets-list',
    path: '/datasets',
    prepare: async (stack) => {
      await plantTones(stack, 'whistles');
      return {};
    },
    act: (page) => page.getByRole('link', { name: 'whistles' }).waitFor(),
  },
  {
    name: 'datasets-new',
    path: '/datasets',
    async act(page) {
      await page.getByRole('button', { name: 'New dataset' }).click();
      await page.getByRole('dialog').getByLabel('Name').waitFor();
    },
  },
];
