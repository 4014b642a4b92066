import type { Scene } from '../scenes.js';
import { beginTones, plantTones, trainTones } from '../training-fixtures.js';

/** Long enough to be looked at in all widths and colours. */
const long = { settings: { epochs: 200, patience: 200, batchSize: 8, hidden: [1024, 512, 256, 128] }, augmentation: { copies: 4 } };

export const scenes: readonly Scene[] = [
  {
    name: 'run-under-way',
    path: ({ id }) => `/runs/${id}`,
    async prepare(stack) {
      await plantTones(stack, 'run-tones');
      return { id: await beginTones(stack, { dataset: 'run-tones', classifier: 'run-long', ...long }) };
    },
    async act(page) {
      await page.getByText(/^Epoch \d+ of at most/).waitFor({ timeout: 60_000 });
      await page.getByRole('img', { name: /^Loss of/ }).waitFor();
    },
  },
  {
    name: 'run-worth',
    path: ({ id }) => `/runs/${id}`,
    async prepare(stack) {
      for (const { id } of (await stack.ask<{ items: { id: string }[] }>('/api/v1/runs?state=running')).items)
        await stack.post(`/api/v1/jobs/${id}/cancel`, {});
      return {
        id: await trainTones(stack, { dataset: 'run-tones', classifier: 'run-tones', compareSplits: true, permutedBaseline: true }),
      };
    },
    async act(page) {
      await page
        .getByRole('region', { name: 'Confusion matrix' })
        .getByRole('button', { name: /low were called low/ })
        .click();
      await page.getByRole('heading', { name: /rightly heard/ }).waitFor();
    },
  },
  {
    name: 'run-thresholds',
    path: ({ id }) => `/runs/${id}?view=thresholds`,
    prepare: async (stack) => ({ id: await trainTones(stack, { dataset: 'run-tones', classifier: 'run-tones' }) }),
    act: (page) => page.getByText('As it is set here').waitFor(),
  },
  {
    name: 'run-reliability',
    path: ({ id }) => `/runs/${id}?view=reliability`,
    prepare: async (stack) => ({ id: await trainTones(stack, { dataset: 'run-tones', classifier: 'run-tones', settings: { epochs: 5 } }) }),
    act: (page) => page.getByRole('img', { name: /^Reliability/ }).waitFor(),
  },
];
