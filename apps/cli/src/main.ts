import { ConfigError, environment, refuseDebugger } from '@earshot/platform';
import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { createProgram } from './program.js';
import { ignoreClosedOutputs, say } from './terminal.js';

ignoreClosedOutputs();
refuseDebugger();
const exitCode = await run(process.argv.slice(2));
// `up` is still running when it answers 0; a failure ends at once, whatever is still open.
if (exitCode !== exitCodes.ok) process.exit(exitCode);

async function run(args: string[]): Promise<number> {
  let exitCode: number = exitCodes.ok;
  try {
    await createProgram(environment, (code) => (exitCode = code)).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof ConfigError) {
      say(`Earshot cannot work with these settings:\n${error.message.replace(/^/gm, '  ')}`);
      return exitCodes.badConfiguration;
    }
    say(`earshot: ${describe(error)}`);
    return exitCodes.error;
  }
}

/** The message and what caused it; stacks are for logs. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message || error.name;
  return error.cause === undefined ? message : `${message}: ${describe(error.cause)}`;
}
