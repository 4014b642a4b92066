import type { Scene } from '../scenes.js';
import { plantTones } from '../training-fixtures.js';

const planted = 'bells';

export const scenes: readonly Scene[] = [
  {
    name: 'dataset-empty',
    path: '/datasets/nothing-yet',
    prepare: async (stack) => {
      await stack.post('/api/v1/datasets', { name: 'nothing-yet' });
      return {};
    },
    act: (page) => page.getByText('Nothing is in it yet.').waitFor(),
  },
  {
    name: 'dataset-clips',
    path: `/datasets/${planted}`,
    prepare: async (stack) => {
      await plantTones(stack, planted);
      await stack.post(`/api/v1/datasets/${planted}/versions`, {});
      await stack.post(`/api/v1/datasets/${planted}/check`, {});
      return {};
    },
    act: (page) => page.getByRole('region', { name: 'Clips' }).getByText('low-0-0.wav').waitFor(),
  },
  { name: 'dataset-check', path: `/datasets/${planted}?view=check`, act: (page) => page.getByText(/clips of version 1/).waitFor() },
  {
    name: 'dataset-versions',
    path: `/datasets/${planted}?view=versions`,
    act: (page) => page.getByRole('heading', { name: 'Version 1' }).waitFor(),
  },
  {
    name: 'dataset-split',
    path: `/datasets/${planted}?view=split`,
    act: (page) => page.getByRole('heading', { name: 'By group' }).waitFor(),
  },
];
