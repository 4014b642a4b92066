import type { Scene } from '../scenes.js';

export const scenes: readonly Scene[] = [
  { name: 'models-list', path: '/models', act: (page) => page.getByRole('link', { name: 'keywords' }).waitFor() },
  {
    name: 'models-import',
    path: '/models',
    async act(page) {
      await page.getByRole('button', { name: 'Import' }).click();
      await page.getByRole('dialog').getByLabel('Archive').waitFor();
    },
  },
];
