import { evaluationResult } from '@earshot/contracts';
import type { Command } from 'commander';
import { z } from 'zod';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import { printData, say } from '../terminal.js';
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
        const { waitForJob } = await import('../kinds/wait-for-job.js');
        const accepted = await server.post('/api/v1/evaluations', { classifier, dataset, alias, version, datasetVersion });
        const outcome = await waitForJob(server, accepted);
        if ('exitCode' in outcome) return outcome.exitCode;
        const { id, state, error, links } = outcome.job;
        if (state !== 'succeeded') {
          say(error === null ? `The job ${id} is ${state}` : `${error.code}: ${error.detail} (job ${id})`);
          return state === 'cancelled' ? exitCodes.usage : exitCodes.error;
        }
        printData(JSON.stringify(shown(z.object({ result: evaluationResult }).parse(await server.json(links.result)).result)));
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
