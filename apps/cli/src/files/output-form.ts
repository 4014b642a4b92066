import { type Command, Option } from 'commander';

/** How files are told of on standard output. */
export interface OutputForm {
  json?: boolean;
  jsonl?: boolean;
  csv?: boolean;
}

export function withOutputForm(command: Command): Command {
  return command
    .addOption(new Option('--json', 'one JSON document: a list').conflicts('jsonl'))
    .addOption(new Option('--jsonl', 'one JSON document a line, as soon as it is known (the default)'));
}

/** Takes one record after the other: prints lines at once, or the whole list at the end. */
export function recordPrinter({ json }: OutputForm, print: (text: string) => void): { record(value: object): void; end(): void } {
  const records: object[] = [];
  return {
    record: (value) => (json ? records.push(value) : print(JSON.stringify(value))),
    end: () => json && print(JSON.stringify(records, null, 2)),
  };
}
