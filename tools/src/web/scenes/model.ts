import type { Scene } from '../scenes.js';
import { plantTones, trainTones } from '../training-fixtures.js';

export const scenes: readonly Scene[] = [
  {
    name: 'model-card',
    path: '/models/two-versions',
    async prepare(stack) {
      await plantTones(stack, 'model-tones');
      const asked = { dataset: 'model-tones', classifier: 'two-versions' };
      await trainTones(stack, { ...asked, promote: 'production' });
      await trainTones(stack, { ...asked, promote: 'challenger', settings: { epochs: 12 } });
      return {};
    },
    act: (page) => page.getByRole('heading', { name: 'Not tested on' }).waitFor(),
  },
  {
    name: 'model-figures',
    path: '/models/talent?view=figures',
    act: (page) => page.getByRole('region', { name: 'Confusion matrix' }).waitFor(),
  },
  {
    name: 'model-beside',
    path: '/models/two-versions?view=beside',
    act: (page) => page.getByRole('region', { name: 'Figures side by side' }).waitFor(),
  },
  {
    name: 'model-decision',
    path: '/models/talent?view=decision',
    act: (page) => page.getByRole('slider', { name: 'good' }).waitFor(),
  },
];
