import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { rebuildIndexJob } from '@earshot/contracts';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import type { Server } from '../kinds/server.js';
import { printData, say } from '../terminal.js';
import type { Verb } from '../verb.js';

/** `earshot build-database`: what the old sample system's script did, into the library of a server. */
export function addBuildDatabase(program: Command, verb: Verb): void {
  program
    .command('build-database')
    .description('take DATA/raw/GENRE/*.mp3|wav into the library of a server, and build its indexes anew')
    .option('--data <folder>', 'where raw/ is, or the folders of the genres themselves', 'data')
    .action(({ data }: { data: string }) =>
      onServer(verb, async (server) => {
        const { importSamples } = await import('./import-samples.js');
        const raw = join(data, 'raw');
        const isThere = await stat(raw).then(
          (found) => found.isDirectory(),
          () => false,
        );
        const imported = await importSamples(server, isThere ? raw : data, { labels: 'folder' });
        if ('exitCode' in imported) return imported.exitCode;
        if (imported.files === 0) return exitCodes.error;
        const indexes = await rebuildIndexes(server);
        if ('exitCode' in indexes) return indexes.exitCode;
        printData(JSON.stringify({ ...imported, indexes: indexes.results }));
        return imported.unreadable > 0 ? exitCodes.someItemsFailed : exitCodes.ok;
      }),
    );
}

async function rebuildIndexes(server: Server): Promise<{ results: unknown[] } | { exitCode: number }> {
  const [{ embedders }, { waitForResult }] = await Promise.all([import('@earshot/learning'), import('../kinds/job-end.js')]);
  const results: unknown[] = [];
  for (const { name } of embedders) {
    say(`building the index ${name}`);
    const built = await waitForResult(server, await server.post(`/api/v1/${rebuildIndexJob.route}`, { embedder: name }));
    if ('exitCode' in built) return built;
    results.push(built.result);
  }
  return { results };
}
