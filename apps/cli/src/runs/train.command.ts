import { type JobResource, runDetail } from '@earshot/contracts';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';
import type { ConfiguredRun } from './old-config.js';
import { checkAgainst, requestOf, type TrainFlags, withTrainOptions } from './train-options.js';

/** `earshot train`: ends with `{runId, modelVersion, metrics}`. */
export function addTrain(program: Command, verb: Verb): void {
  withTrainOptions(program.command('train').description('train a classifier on a dataset, by a server'))
    .option('--json', 'one JSON document (the default)')
    .option('--detach', 'print the id of the run and do not wait for it')
    .action(({ detach = false, ...flags }: TrainFlags & { detach?: boolean }) =>
      onServer(verb, async (server) => {
        const accepted = await server.post('/api/v1/runs', requestOf(flags, await configuredBy(flags)));
        if (detach) {
          printData(accepted.id);
          return exitCodes.ok;
        }
        const [{ sayItFailed }, { waitForJob }] = await Promise.all([import('../kinds/job-end.js'), import('../kinds/wait-for-job.js')]);
        const outcome = await waitForJob(server, accepted, progressLine);
        if ('exitCode' in outcome) return outcome.exitCode;
        const run = runDetail.parse(await server.json(`/api/v1/runs/${accepted.id}`));
        if (run.result === null) return sayItFailed(run, 'run');
        printData(JSON.stringify({ runId: run.id, modelVersion: run.version, metrics: run.result.metrics }));
        return exitCodes.ok;
      }),
    );
}

async function configuredBy(flags: TrainFlags): Promise<Partial<ConfiguredRun>> {
  if (flags.config === undefined) return {};
  const { readOldConfig } = await import('./old-config.js');
  const configured = await readOldConfig(flags.config);
  checkAgainst(flags, configured);
  return configured;
}

/** The stage, and of a training its last epoch. */
function progressLine({ state, stage, progress, taskProgress }: JobResource): string {
  const { epoch, epochs, validationLoss, validationAccuracy } = taskProgress?.figures ?? {};
  if (epoch === undefined) return `${stage ?? state}: ${progress.done} of ${progress.total} ${progress.unit}`;
  const share = `${((validationAccuracy ?? 0) * 100).toFixed(1)} %`;
  return `${stage ?? state}: epoch ${epoch} of ${epochs}, validation loss ${validationLoss?.toFixed(4)}, accuracy ${share}`;
}
