import type { Kind } from '@earshot/contracts';
import { type Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { type OutputForm, withOutputForm } from '../files/output-form.js';
import type { Verb } from '../verb.js';
import { addOptions, optionsOf } from './kind-options.js';

interface KindOptions extends OutputForm {
  remote?: boolean;
  detach?: boolean;
}

/** The verb of one kind of work, made of its contract. It asks a server; without one it works where `isLocal` says that it can. */
export function addKind(program: Command, { env, exit }: Verb, kind: Kind, isLocal: boolean, name = kind.kind): void {
  const takesFiles = kind.over === 'clips';
  const summary = kind.summary.charAt(0).toLowerCase() + kind.summary.slice(1);
  const command = program.command(name).description(isLocal ? `${summary}; without a server, or --remote` : `${summary}, by a server`);
  if (takesFiles) command.argument('<file...>');
  addOptions(withOutputForm(command), kind);
  if (takesFiles) command.addOption(new Option('--csv', 'a table: one row a file').conflicts(['json', 'jsonl']));
  if (isLocal) command.option('--remote', 'have it done by the server at EARSHOT_URL (http://127.0.0.1:8000)');
  command.option('--detach', 'print the id of the job that a server has made, and do not wait for it');
  command.action(async (argument: unknown) => {
    const given: KindOptions & Record<string, unknown> = command.opts();
    const files = takesFiles && Array.isArray(argument) ? argument.map(String) : [];
    const options = optionsOf(kind, given);
    if (isLocal && !given.remote && !given.detach) {
      const { workHere } = await import('./work-here.js');
      if ((await workHere(kind, files, options, given)) > 0) exit(exitCodes.someItemsFailed);
      return;
    }
    const { askServer } = await import('./ask-server.js');
    const code = await askServer(env, kind, files, options, given);
    if (code !== exitCodes.ok) exit(code);
  });
}
