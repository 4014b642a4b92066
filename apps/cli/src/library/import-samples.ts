import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EarshotError, type JobResource, jobResource, type SampleSaid } from '@earshot/contracts';
import { batchesOf, formOf } from '../data/batches.js';
import { type LabelledFile, ruleOf, withLabels } from '../data/labels.js';
import { filesOfSource } from '../data/sources.js';
import type { Server } from '../kinds/server.js';
import { waitForJob } from '../kinds/wait-for-job.js';
import { say } from '../terminal.js';
import { type DescribedFile, withDescriptions } from './descriptions.js';

interface ImportOptions {
  labels?: string;
  groups?: string;
  /** What is said of all of them, beneath what is said of each. */
  said?: SampleSaid;
}

/** What became of the files. A sample whose bytes were in the library already counts as one of those that were sent. */
export interface Imported {
  files: number;
  passedOver: number;
  /** Whose vectors could not be computed. */
  unreadable: number;
}

/**
 * Uploads a folder per genre, an archive or a manifest into the library, in batches that are always the same ones, and waits for their vectors.
 * What is there already is changed, not added again.
 */
export async function importSamples(
  server: Server,
  source: string,
  { labels, groups, said = {} }: ImportOptions,
): Promise<Imported | { exitCode: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-library-'));
  try {
    const found = await filesOfSource(source, folder, { sampleRate: 16_000 });
    const files = withLabels(await withDescriptions(found), { labels: ruleOf('--labels', labels), groups: ruleOf('--groups', groups) });
    if (files.length === 0) throw new EarshotError('FILE_NOT_FOUND', `There is no file in ${source}; links are not followed`);
    const total: Imported = { files: 0, passedOver: 0, unreadable: 0 };
    const jobs: JobResource[] = [];
    for await (const batch of batchesOf(files, ({ path }) => {
      total.passedOver += 1;
      say(`${path} is no audio that is known here: passed over`);
    })) {
      jobs.push(await upload(server, batch, said));
      total.files += batch.length;
      say(`${total.files + total.passedOver} of ${files.length} files`);
    }
    for (const job of jobs) {
      const outcome = await waitForJob(server, job);
      if ('exitCode' in outcome) return outcome;
      total.unreadable += outcome.job.counts.failed;
    }
    return total;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function upload(server: Server, batch: DescribedFile<LabelledFile>[], ofAll: SampleSaid): Promise<JobResource> {
  const samples = batch.map(({ label, group, described }) => ({ ...ofAll, ...wordsOf({ genre: label, group }), ...described }));
  // Without a key: the library knows its samples by their bytes, and a key would keep what was taken out since from coming back.
  const response = await server.request('/api/v1/library/clips', { method: 'POST', body: await formOf(batch, { samples }) });
  return jobResource.parse(await response.json());
}

/** What is not known is not said: the sample may have it already. */
function wordsOf(words: { genre: string | null; group: string | null }): SampleSaid {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== null));
}
