import { evaluationResult } from '@earshot/contracts';
import type { Command } from 'commander';
import type { z } from 'zod';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';
import { wholeNumber } from '../whole-number.js';

interface Flags {
  classifier: string;
  dataset: string;
  alias?: string;
  version?: number;
  datasetVersion?: number;
}

/** `earshot evaluate`: what a model version is worth on a dataset. */
export function addEvaluate(program: Command, verb: Verb): void {
  program
    .command('evaluate')
    .description('measure a model version on a dataset, by a server')
    .requiredOption('--classifier <name>', 'whose version')
    .requiredOption('--dataset <name>', 'on which clips')
    .option('--version <number>', 'its number', wholeNumber)
    .option('--alias <name>', 'the version that it points at (production)')
    .option('--dataset-version <number>', 'an earlier version; by default the dataset is frozen as it is now', wholeNumber)
    .option('--json', 'one JSON document (the default)')
    .action(({ classifier, dataset, alias, version, datasetVersion }: Flags) =>
      onServer(verb, async (server) => {
        const { waitForResult } = await import('../kinds/job-end.js');
        const accepted = await server.post('/api/v1/evaluations', { classifier, dataset, alias, version, datasetVersion });
        const ended = await waitForResult(server, accepted);
        if ('exitCode' in ended) return ended.exitCode;
        printData(JSON.stringify(shown(evaluationResult.parse(ended.result))));
        return exitCodes.ok;
      }),
    );
}

/** In the names of the command line. */
function shown({ evaluation, ...of }: z.output<typeof evaluationResult>): object {
  const { accuracy, balancedAccuracy, baseline, support, accuracyInterval, perLabel, confusion, calibration } = evaluation;
  return {
    ...{ accuracy, balancedAccuracy, baseline, support },
    interval: accuracyInterval.byGroup ?? accuracyInterval.byRow,
    perClass: perLabel,
    confusionMatrix: confusion,
    labels: perLabel.map(({ label }) => label),
    calibrationError: calibration.ece,
    ...of,
  };
}
