import { libraryAnomalies, runDetail } from '@earshot/contracts';
import type { Command } from 'commander';
import type { z } from 'zod';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import { printData } from '../terminal.js';
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
        const { waitForResult } = await import('../kinds/job-end.js');
        const { seed } = flags;
        const asked = { method: 'isolation-forest', contamination: 0.1, seed };
        const anomalies = await waitForResult(server, await server.post('/api/v1/library/anomalies', asked));
        if ('exitCode' in anomalies) return anomalies.exitCode;
        const accepted = await server.post('/api/v1/runs', requestOf(flags));
        const ended = await waitForResult(server, accepted);
        if ('exitCode' in ended) return ended.exitCode;
        const run = runDetail.parse(await server.json(`/api/v1/runs/${accepted.id}`));
        const report = reportOf(libraryAnomalies.parse(anomalies.result), run);
        printData(flags.json ? JSON.stringify(report) : textOf(report));
        return exitCodes.ok;
      }),
    );
}

/** A random forest of 100 trees, a fifth held out. */
function requestOf({ classifier, profile, promote, seed }: Flags): object {
  return { dataset: 'library', classifier, recipe: 'random-forest', testShare: 0.2, profile, promote, seed };
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
