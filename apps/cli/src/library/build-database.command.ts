import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';

/** `earshot build-database`: what the old sample system's script did, into the library of a server. */
export function addBuildDatabase(program: Command, verb: Verb): void {
  program
    .command('build-database')
    .description('take DATA/raw/GENRE/*.mp3|wav into the library of a server')
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
        printData(JSON.stringify(imported));
        return imported.unreadable > 0 ? exitCodes.someItemsFailed : exitCodes.ok;
      }),
    );
}
