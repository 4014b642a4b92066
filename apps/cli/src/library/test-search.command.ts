import type { Command } from 'commander';
import { onServer } from '../kinds/on-server.js';
import type { Verb } from '../verb.js';
import { wholeNumber } from '../whole-number.js';
import type { TestSearchOptions } from './test-search.js';

/** `earshot test-search`: what the index of the library finds. */
export function addTestSearch(program: Command, verb: Verb): void {
  program
    .command('test-search')
    .description('search the library for what sounds like a file, or like some of its own samples')
    .argument('[file]', 'an audio file; without one samples of the library are searched for')
    .option('--n-results <number>', 'how many are told', wholeNumber, 5)
    .option('--embedder <name>', 'sound-97@1, or electro-45@1 as the old system did', 'sound-97@1')
    .option('--samples <number>', 'without a file: for how many samples', wholeNumber, 5)
    .option('--json', 'one JSON document')
    .action((file: string | undefined, options: TestSearchOptions) =>
      onServer(verb, async (server) => {
        const { searchForFile, searchForSamples } = await import('./test-search.js');
        return file === undefined ? searchForSamples(server, options) : searchForFile(server, file, options);
      }),
    );
}
