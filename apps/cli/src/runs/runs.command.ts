import { type RunComparison, type RunResource, runComparison, runDetail, runPage } from '@earshot/contracts';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import { printData, say } from '../terminal.js';
import type { Verb } from '../verb.js';

interface Form {
  json?: boolean;
}

/** `earshot runs ls|show|compare|stop`. */
export function addRuns(program: Command, verb: Verb): void {
  const runs = program.command('runs').description('training runs of a server');
  runs
    .command('ls')
    .description('the newest runs')
    .option('--limit <number>', 'how many', '20')
    .option('--json', 'one JSON document')
    .action(({ limit, json }: Form & { limit: string }) =>
      onServer(verb, async (server) => {
        const { items } = runPage.parse(await server.json(`/api/v1/runs?limit=${encodeURIComponent(limit)}`));
        printData(json ? JSON.stringify(items) : items.map(lineOf).join('\n'));
        return exitCodes.ok;
      }),
    );
  runs
    .command('show')
    .description('what decided a run, its epochs, and what it came to')
    .argument('<run>', 'its id')
    .option('--json', 'one JSON document (the default)')
    .action((id: string) =>
      onServer(verb, async (server) => {
        printData(JSON.stringify(runDetail.parse(await server.json(`/api/v1/runs/${encodeURIComponent(id)}`))));
        return exitCodes.ok;
      }),
    );
  runs
    .command('compare')
    .description('what is not the same in runs, and what they came to')
    .argument('<runs...>', 'two or more ids')
    .option('--json', 'one JSON document')
    .action((ids: string[], { json }: Form, command: Command) => {
      if (ids.length < 2) command.error('error: one run has nothing to be compared with: name two or more');
      return onServer(verb, async (server) => {
        const query = ids.map(encodeURIComponent).join(',');
        const comparison = runComparison.parse(await server.json(`/api/v1/runs/compare?ids=${query}`));
        if (!comparison.isComparable) say('These runs were not measured on the same clips: their figures do not compare');
        printData(json ? JSON.stringify(comparison) : tableOf(comparison));
        return exitCodes.ok;
      });
    });
  runs
    .command('stop')
    .description('end the training with its best epoch so far, and go on to the evaluation')
    .argument('<run>', 'its id')
    .action((id: string) =>
      onServer(verb, async (server) => {
        await server.send(`/api/v1/runs/${encodeURIComponent(id)}/stop`);
        say(`The run ${id} ends with what it has`);
        return exitCodes.ok;
      }),
    );
}

function lineOf({ id, state, createdAt, decidedBy, result, version }: RunResource): string {
  const made = version === null ? decidedBy.classifier : `${decidedBy.classifier} ${version}`;
  const accuracy = result?.metrics.test?.accuracy;
  return [id, createdAt, state, made, decidedBy.recipe, `${decidedBy.dataset} ${decidedBy.datasetVersion}`, percent(accuracy)].join('\t');
}

/** A row for each difference and each figure, a column for each run. */
function tableOf({ runs, differences, figures }: RunComparison): string {
  const rows = [
    ['run', ...runs.map(({ id }) => id)],
    ...differences.map(({ name, values }) => [name, ...values]),
    ...figures.map(({ name, values }) => [
      name,
      ...values.map((value) => (value === null ? '' : String(Math.round(value * 10_000) / 10_000))),
    ]),
  ];
  return rows.map((cells) => cells.join('\t')).join('\n');
}

function percent(share: number | null | undefined): string {
  return typeof share === 'number' ? `${(share * 100).toFixed(1)} %` : '';
}
