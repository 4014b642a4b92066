import { brokenFile, toneFile } from '../batch-files.js';
import type { Scene } from '../scenes.js';
import type { WebStack } from '../web-stack.js';

/** A batch of which some failed, and a job that failed altogether. */
export async function someJobs(stack: WebStack): Promise<{ id: string; failedId: string }> {
  const files = [...Array.from({ length: 12 }, (_, i) => toneFile(i)), brokenFile('broken 1.flac'), brokenFile('broken 2.flac')];
  const clipIds = await stack.upload(files);
  const predict = {
    clipIds,
    classifier: 'keywords',
    customIds: files.map(({ name }) => name),
    metadata: { name: 'Tones and two that are broken' },
  };
  const { jobId: id } = await stack.post<{ jobId: string }>('/api/v1/predictions/clips', predict);
  const failed = await fetch(new URL('/api/v1/descriptions/clips', stack.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=30' },
    body: JSON.stringify({ clipIds: clipIds.slice(-1) }),
  });
  const { jobId: failedId } = (await failed.json()) as { jobId: string };
  return { id, failedId };
}

export const scenes: readonly Scene[] = [
  {
    name: 'jobs',
    path: '/jobs',
    prepare: someJobs,
    async act(page) {
      await page.getByRole('heading', { name: 'Listening' }).waitFor();
      await page.getByRole('heading', { name: 'Why jobs failed' }).waitFor();
    },
  },
  {
    name: 'jobs-none',
    path: '/jobs?state=expired',
    act: (page) => page.getByText('No job is like this.').waitFor(),
  },
];
