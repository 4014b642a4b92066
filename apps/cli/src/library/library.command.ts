import { findAnomaliesJob, libraryMapJob, libraryStats } from '@earshot/contracts';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { addKind } from '../kinds/kind.command.js';
import { onServer } from '../kinds/on-server.js';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';

interface ImportFlags {
  labels?: string;
  groups?: string;
  licence?: string;
  author?: string;
  source?: string;
  tag?: string[];
}

/** `earshot library import|stats|anomalies|map`. */
export function addLibrary(program: Command, verb: Verb): void {
  const library = program.command('library').description("a server's library of samples: clips with a genre, tags, a licence, an author");
  library
    .command('import')
    .description('upload what lies in folders, an archive or a manifest, and compute what is searched by; the same again adds nothing')
    .argument('<source>', 'a folder per genre, a .zip, .tar or .tar.gz, or a manifest (.csv, .jsonl with file, genre, group)')
    .option('--labels <rule>', 'where the genre is from: folder (the default), prefix, prefix:N of the file name, or column')
    .option('--groups <rule>', 'folder (the one above), prefix:N (Nth part of the file name between _), or column')
    .option('--licence <name>', 'of all files, unless the JSON beside one says another')
    .option('--author <name>', 'likewise')
    .option('--source <name>', 'likewise: the pack or the site')
    .option('--tag <word...>', 'likewise')
    .action((source: string, { labels, groups, tag: tags, ...said }: ImportFlags) =>
      onServer(verb, async (server) => {
        const { importSamples } = await import('./import-samples.js');
        const imported = await importSamples(server, source, { labels, groups, said: { ...said, ...(tags && { tags }) } });
        if ('exitCode' in imported) return imported.exitCode;
        printData(JSON.stringify(imported));
        if (imported.files === 0) return exitCodes.error;
        return imported.unreadable > 0 ? exitCodes.someItemsFailed : exitCodes.ok;
      }),
    );
  library
    .command('stats')
    .description('how many samples there are of which genre, tag, licence and author, and their indexes')
    .option('--json', 'one JSON document')
    .action(({ json }: { json?: boolean }) =>
      onServer(verb, async (server) => {
        const stats = libraryStats.parse(await server.json('/api/v1/library/stats'));
        const lines = [
          `${stats.samples} samples`,
          ...stats.genres.map(({ genre, samples }) => `  ${genre ?? 'no genre'}: ${samples}`),
          ...stats.indexes.map(
            ({ embedder, indexVersion, state, samples, due }) =>
              `index ${embedder} ${indexVersion}, ${state}: ${samples} in it, ${due} to come`,
          ),
        ];
        printData(json ? JSON.stringify(stats) : lines.join('\n'));
        return exitCodes.ok;
      }),
    );
  addKind(library, verb, findAnomaliesJob, false, 'anomalies');
  addKind(library, verb, libraryMapJob, false, 'map');
}
