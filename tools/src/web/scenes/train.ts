import type { Scene } from '../scenes.js';
import { plantTones } from '../training-fixtures.js';

export const scenes: readonly Scene[] = [
  {
    name: 'train',
    path: '/train?dataset=chimes',
    prepare: async (stack) => {
      await plantTones(stack, 'chimes');
      return {};
    },
    async act(page) {
      await page.getByText('40 labelled clips').waitFor();
      await page.getByText('All settings of').click();
    },
  },
];
