import { contractColumns, type Kind } from '@earshot/contracts';
import { csvRow } from '@earshot/platform';
import { eachFile } from '../files/each-file.js';
import { type OutputForm, recordPrinter } from '../files/output-form.js';
import { printData, printRaw } from '../terminal.js';
import { localWork } from './local-work.js';

/** Does a kind's work on files of this machine and prints a line or a row for each. Says how many failed; null when it needs a server. */
export async function workHere(kind: Kind, files: string[], options: Record<string, unknown>, form: OutputForm): Promise<number> {
  const local = localWork[kind.kind];
  if (local === undefined) throw new Error(`The work ${kind.kind} needs a server`);
  const printer = recordPrinter(form, printData);
  const { names, cells } = local.columns?.(options) ?? contractColumns(kind);
  if (form.csv) printRaw(csvRow(['file', 'error', ...names]));
  const failed = await eachFile(
    files,
    (sandbox, file) => local.work(sandbox, file, options),
    (outcome) => {
      if (form.csv)
        printRaw(csvRow('error' in outcome ? [outcome.file, outcome.error.code] : [outcome.file, '', ...cells(outcome.answer)]));
      else printer.record('error' in outcome ? outcome : { file: outcome.file, ...outcome.answer });
    },
  );
  if (!form.csv) printer.end();
  return failed;
}
