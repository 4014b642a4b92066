import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { eachFile } from '../files/each-file.js';
import { type OutputForm, recordPrinter, withOutputForm } from '../files/output-form.js';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';

export function addDescribe(program: Command, { exit }: Verb): void {
  withOutputForm(program.command('describe').argument('<file...>').description('measures sound files, without a server')).action(
    async (files: string[], form: OutputForm) => {
      const printer = recordPrinter(form, printData);
      const failed = await eachFile(
        files,
        (sandbox, file) => sandbox.run('describe', file),
        (outcome) => printer.record('error' in outcome ? outcome : { file: outcome.file, ...outcome.answer }),
      );
      printer.end();
      if (failed > 0) exit(exitCodes.someItemsFailed);
    },
  );
}
