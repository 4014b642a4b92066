import type { Scene } from '../scenes.js';

export const scenes: readonly Scene[] = [
  {
    name: 'settings',
    path: '/settings',
    async act(page) {
      await page.getByText('Database (PostgreSQL)').waitFor();
      await page.getByText('Classifier keywords').waitFor();
      await page.getByText('Samples of the library').waitFor();
    },
  },
  {
    name: 'settings-licences',
    path: '/settings',
    async act(page) {
      await page.getByRole('button', { name: 'Read the notices' }).click();
      await page.getByRole('region', { name: 'Notices of third parties' }).waitFor();
    },
  },
];
