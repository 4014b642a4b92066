import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EarshotError, entriesChanged } from '@earshot/contracts';
import { exitCodes } from '../exit-codes.js';
import type { Server } from '../kinds/server.js';
import { printData, say } from '../terminal.js';
import { batchesOf, formOf, keyOf } from './batches.js';
import { type LabelledFile, ruleOf, withLabels } from './labels.js';
import { filesOfSource } from './sources.js';

/**
 * Uploads files in batches, always the same ones in the same order, each under a key made of its content: the server takes none twice that
 * it has taken within a day.
 */
export async function importData(
  server: Server,
  source: string,
  options: { dataset: string; labels?: string; groups?: string; sampleRate: string },
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-import-'));
  try {
    const found = await filesOfSource(source, folder, { sampleRate: Number(options.sampleRate) });
    const files = withLabels(found, { labels: ruleOf('--labels', options.labels), groups: ruleOf('--groups', options.groups) });
    const path = `/api/v1/datasets/${encodeURIComponent(options.dataset)}`;
    if (files.length === 0) throw new EarshotError('FILE_NOT_FOUND', `There is no file in ${source}; links are not followed`);
    let isThere = false;
    const total = { dataset: options.dataset, added: 0, takenBefore: 0, unlabelled: 0, passedOver: 0 };
    for await (const batch of batchesOf(files, (file) => {
      total.passedOver += 1;
      say(`${file.path} is no audio that is known here: passed over`);
    })) {
      if (!isThere && !(await server.has(path))) await server.postJson('/api/v1/datasets', { name: options.dataset });
      isThere = true;
      const { added, isReplayed } = await upload(server, path, options.dataset, batch);
      if (isReplayed) total.takenBefore += added;
      else total.added += added;
      total.unlabelled += batch.filter(({ label }) => label === null).length;
      if (process.stderr.isTTY) say(`${total.added + total.takenBefore + total.passedOver} of ${files.length} files`);
    }
    if (total.unlabelled > 0) say(`${total.unlabelled} clips have no label: nothing is trained on them until they have`);
    if (total.passedOver === files.length) say(`Nothing was imported: none of the ${files.length} files in ${source} is audio`);
    printData(JSON.stringify(total));
    return total.added + total.takenBefore > 0 ? exitCodes.ok : exitCodes.error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function upload(
  server: Server,
  path: string,
  dataset: string,
  batch: LabelledFile[],
): Promise<{ added: number; isReplayed: boolean }> {
  const fields = {
    labels: batch.map(({ label }) => label),
    groups: batch.map(({ group }) => group),
    folds: batch.map(({ fold }) => fold),
  };
  const headers = { 'idempotency-key': await keyOf(batch, fields, dataset) };
  const response = await server.request(`${path}/clips`, { method: 'POST', body: await formOf(batch, fields), headers });
  const { added } = entriesChanged.parse(await response.json());
  return { added, isReplayed: response.headers.has('idempotency-replayed') };
}
