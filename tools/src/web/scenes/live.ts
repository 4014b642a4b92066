import type { Scene } from '../scenes.js';

export const scenes: readonly Scene[] = [
  { name: 'live-off', path: '/live', act: (page) => page.getByText('What is heard stands here as it happens').waitFor() },
  {
    name: 'live',
    path: '/live?classifier=sounds&windowSeconds=2',
    async act(page) {
      await page.getByRole('button', { name: 'Listen' }).first().click();
      await page.getByRole('region', { name: 'Log of what was heard' }).getByRole('listitem').nth(5).waitFor({ timeout: 30_000 });
    },
  },
  {
    name: 'live-forbidden',
    path: '/live',
    async act(page) {
      await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
      await page.reload();
      await page.getByText('Your browser allows the microphone only over https').waitFor();
    },
  },
];
