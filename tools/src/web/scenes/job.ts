import type { Scene } from '../scenes.js';
import { someJobs } from './jobs.js';

export const scenes: readonly Scene[] = [
  {
    name: 'job-batch',
    path: ({ id }) => `/jobs/${id}`,
    prepare: someJobs,
    async act(page) {
      await page.getByRole('heading', { name: 'Tones and two that are broken' }).waitFor();
      await page.getByText('broken 2.flac').first().waitFor();
      await page.getByRole('cell', { name: 'tone 0.wav' }).waitFor();
    },
  },
  {
    name: 'job-failed',
    path: ({ failedId }) => `/jobs/${failedId}`,
    prepare: someJobs,
    act: (page) => page.getByRole('heading', { name: 'Why it failed' }).waitFor(),
  },
  {
    name: 'job-unknown',
    path: '/jobs/0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a',
    complaint: /404/,
    act: (page) => page.getByRole('alert').waitFor(),
  },
];
