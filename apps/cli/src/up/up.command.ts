import type { Command } from 'commander';
import type { Verb } from '../verb.js';
import type { UpOptions } from './settings.js';

export function addUp(program: Command, { env, exit }: Verb): void {
  program
    .command('up')
    .description('the whole stack on this machine: PostgreSQL, Chroma, the gateway and the workers')
    .option('--port <number>', 'where the gateway listens (PORT)')
    .option('--home <folder>', 'where everything is kept (EARSHOT_HOME, .earshot)')
    .option('--roles <list>', '`,` separates processes, `+` puts roles into one', 'gateway+extractor+trainer+indexer')
    .option('--log-format <form>', '`text` for people or `json` for machines', 'text')
    .action(async (options: UpOptions, command: Command) => {
      const { up } = await import('./up.js');
      exit(await up(options, { env, isColored: command.optsWithGlobals()['color'] !== false }));
    });
}
