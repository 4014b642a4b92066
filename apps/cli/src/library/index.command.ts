import { libraryIndexes, rebuildIndexJob } from '@earshot/contracts';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { addKind } from '../kinds/kind.command.js';
import { onServer } from '../kinds/on-server.js';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';

/** `earshot index build|status`. */
export function addIndex(program: Command, verb: Verb): void {
  const index = program.command('index').description("the indexes of a server's library, in which searches look");
  addKind(index, verb, rebuildIndexJob, false, 'build');
  index
    .command('status')
    .description('each version, and whether it has what it should; the exit code is 3 while one that is asked has not')
    .option('--json', 'one JSON document')
    .action(({ json }: { json?: boolean }) =>
      onServer(verb, async (server) => {
        const { items } = libraryIndexes.parse(await server.json('/api/v1/library/indexes'));
        const lines = items.map(
          ({ embedder, number, state, wanted, applied, due, inChroma }) =>
            `${embedder} ${number}, ${state}: ${applied} of ${wanted} samples, ${due} changes to come, ${inChroma ?? '?'} in Chroma`,
        );
        printData(json ? JSON.stringify(items) : lines.join('\n'));
        const areWhole = items.every(({ state, due, inChroma, applied }) => state !== 'live' || (due === 0 && inChroma === applied));
        return areWhole ? exitCodes.ok : exitCodes.someItemsFailed;
      }),
    );
}
