import type { Scene } from '../scenes.js';
import { someJobs } from './jobs.js';

export const scenes: readonly Scene[] = [
  {
    name: 'dashboard',
    path: '/dashboard',
    prepare: someJobs,
    async act(page) {
      await page.getByText('Database (PostgreSQL)').waitFor();
      await page.getByText('Jobs that ended').waitFor();
      await page.getByText('What was heard how often').waitFor();
      await page.getByRole('rowheader', { name: /^sounds/ }).waitFor();
    },
  },
  {
    name: 'dashboard-tables',
    path: '/dashboard',
    async act(page) {
      await page.getByRole('button', { name: 'Jobs that ended: show as table' }).click();
      await page.getByRole('button', { name: 'How long they ran: show as table' }).click();
      await page.getByRole('button', { name: 'What was heard how often: show as table' }).click();
      await page.getByRole('rowheader', { name: /^sounds/ }).waitFor();
    },
  },
];
