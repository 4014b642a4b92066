import { type JobResource, libraryAnomalies, runDetail } from '@earshot/contracts';
import type { Command } from 'commander';
import { z } from 'zod';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import type { Server } from '../kinds/server.js';
import { printData, say } from '../terminal.js';
import type { Verb } from '../verb.js';
import { wholeNumber } from '../whole-number.js';
import { type SystemReport, textOf } from './system-report.js';

interface Flags {
  classifier: string;
  profile?: string;
  promote: string;
  seed?: number;
  json?: boolean;
}

/** `earshot evaluate-system`: what is odd in the library, and how well its genres can be told, as the old system said it. */
export function addEvaluateSystem(program: Command, verb: Verb): void {
  program
    .command('evaluate-system')
    .description('find the anomalies of the library and train and measure its genre classifier, by a server')
    .option('--classifier <name>', 'whose next version is trained', 'genre')
    .option('--profile <name>', 'what the classifier hears (electro-45@1)')
    .option('--promote <alias>', 'the alias that then points at the new version', 'production')
    .option('--seed <number>', 'the same seed gives the same figures (42)', wholeNumber)
    .option('--json', 'one JSON document')
    .action((flags: Flags) =>
      onServer(verb, async (server) => {
        const anomalies = await finished(server, '/api/v1/library/anomalies', {
          method: 'isolation-forest',
          contamination: 0.1,
          seed: flags.seed,
        });
        if ('exitCode' in anomalies) return anomalies.exitCode;
        const run = await finished(server, '/api/v1/runs', requestOf(flags));
        if ('exitCode' in run) return run.exitCode;
        const { result } = z.object({ result: libraryAnomalies }).parse(await server.json(anomalies.job.links.result));
        const report = reportOf(result, runDetail.parse(await server.json(`/api/v1/runs/${run.job.id}`)));
        printData(flags.json ? JSON.stringify(report) : textOf(report));
        return exitCodes.ok;
      }),
    );
}

/** A random forest of 100 trees, a fifth held out. */
function requestOf({ classifier, profile, promote, seed }: Flags): object {
  return { dataset: 'library', classifier, recipe: 'random-forest', testShare: 0.2, profile, promote, seed };
}

async function finished(server: Server, path: string, request: object): Promise<{ job: JobResource } | { exitCode: number }> {
  const { waitForJob } = await import('../kinds/wait-for-job.js');
  const outcome = await waitForJob(server, await server.post(path, request));
  if ('exitCode' in outcome || outcome.job.state === 'succeeded') return outcome;
  const { id, kind, state, error } = outcome.job;
  say(error === null ? `The job ${id} (${kind}) is ${state}` : `${error.code}: ${error.detail} (job ${id}, ${kind})`);
  return { exitCode: state === 'cancelled' ? exitCodes.usage : exitCodes.error };
}

function reportOf(anomalies: z.output<typeof libraryAnomalies>, run: z.output<typeof runDetail>): SystemReport {
  const { method, contamination, byGenre, samples, considered, withoutVector } = anomalies;
  const { classifier, recipe, profile, seed } = run.decidedBy;
  const metrics = run.result?.metrics;
  return {
    samples: { total: samples, considered, withoutVector },
    anomalies: { method, contamination, count: byGenre.reduce((sum, genre) => sum + genre.anomalies, 0), perGenre: byGenre },
    genres: {
      ...{ classifier, version: run.version, runId: run.id, recipe, profile, seed },
      heldOut: metrics?.test ?? null,
      otherSplit: metrics?.otherSplit ?? null,
    },
  };
}
