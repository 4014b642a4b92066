import { readFileSync } from 'node:fs';
import type { ProfileChoice } from '@earshot/contracts';
import { columnNames, defineProfile, getProfile } from '@earshot/features';
import { csvRow } from '@earshot/platform';
import { type Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { eachFile } from '../files/each-file.js';
import { type OutputForm, recordPrinter, withOutputForm } from '../files/output-form.js';
import { printData, printRaw } from '../terminal.js';
import type { Verb } from '../verb.js';

interface FeaturesOptions extends OutputForm {
  profile: string;
  csv?: boolean;
}

export function addFeatures(program: Command, { exit }: Verb): void {
  withOutputForm(program.command('features').argument('<file...>').description('computes the vectors of sound files, without a server'))
    .option('--profile <name>', 'a named profile, or the file (.json) of your own', 'electro-45@1')
    .addOption(new Option('--csv', 'a table: one row a file').conflicts(['json', 'jsonl']))
    .action(async (files: string[], options: FeaturesOptions) => {
      const choice: ProfileChoice = options.profile.endsWith('.json') ? JSON.parse(readFileSync(options.profile, 'utf8')) : options.profile;
      const profile = typeof choice === 'string' ? getProfile(choice) : defineProfile(choice);
      const columns = columnNames(profile);
      const printer = recordPrinter(options, printData);
      if (options.csv) printRaw(csvRow(['file', 'error', ...(columns.length > 0 ? columns : ['values'])]));
      const failed = await eachFile(
        files,
        (sandbox, file) => sandbox.run('extract', { ...file, profiles: [choice] }),
        (outcome) => {
          const vector = 'error' in outcome ? [] : [...(outcome.answer.extractions[0]?.values ?? [])];
          if (options.csv) printRaw(csvRow([outcome.file, 'error' in outcome ? outcome.error.code : '', ...vector]));
          else if ('error' in outcome) printer.record(outcome);
          else printer.record({ file: outcome.file, profile: profile.id, ...(columns.length > 0 ? { columns } : {}), vector });
        },
      );
      printer.end();
      if (failed > 0) exit(exitCodes.someItemsFailed);
    });
}
