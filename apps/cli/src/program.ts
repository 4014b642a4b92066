import { Command } from 'commander';
import { addDescribe } from './describe/describe.command.js';
import { addFeatures } from './features/features.command.js';
import { addMigrate } from './migrate/migrate.command.js';
import { addUp } from './up/up.command.js';
import { addVersion } from './version/version.command.js';

/** The `earshot` command. A verb loads what it needs when it runs, so that none of them pays for the others. */
export function createProgram(env: NodeJS.ProcessEnv, exit: (code: number) => void): Command {
  const program = new Command('earshot')
    .description('Understands sound: features, predictions, training and search, in queued jobs.')
    .option('--no-color', 'plain text, as with NO_COLOR')
    .showHelpAfterError('(earshot --help lists the commands)')
    .exitOverride();
  for (const add of [addUp, addMigrate, addDescribe, addFeatures, addVersion]) add(program, { env, exit });
  return program;
}
