import { datasetPage, datasetVersion, findFaults, splitPreview } from '@earshot/contracts';
import { type Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';

interface ImportOptions {
  dataset: string;
  labels?: string;
  groups?: string;
  sampleRate: string;
}

const exportForms = ['tar', 'zip', 'jsonl', 'csv', 'label-studio', 'features'];

/** `earshot data import|ls|check|split|export`. */
export function addData(program: Command, verb: Verb): void {
  const data = program.command('data').description('datasets of a server: clips with labels and groups');
  data
    .command('import')
    .description('upload what lies in folders, an archive or a manifest; the same again goes on where it was interrupted')
    .argument(
      '<source>',
      'a folder, a .zip, .tar or .tar.gz (of ESC-50 too: its meta/esc50.csv is read), or a manifest (.csv, .jsonl with file, label, group, fold)',
    )
    .requiredOption('--dataset <name>', 'into which; it is made where there is none')
    .option(
      '--labels <rule>',
      'folder (the default), prefix (of the file name up to _), prefix:N (its Nth part), or column (of a manifest)',
    )
    .option('--groups <rule>', 'folder (the one above), prefix:N (Nth part of the file name between _), or column')
    .option('--sample-rate <hz>', 'of the waveforms in .npy files', '16000')
    .action((source: string, options: ImportOptions) =>
      onServer(verb, async (server) => {
        const { importData } = await import('./import-data.js');
        return importData(server, source, options);
      }),
    );
  data
    .command('ls')
    .description('the datasets')
    .option('--json', 'one JSON document')
    .action(({ json }: { json?: boolean }) =>
      onServer(verb, async (server) => {
        const { items } = datasetPage.parse(await server.json('/api/v1/datasets?limit=200'));
        const lines = items.map(({ name, description }) => `${name}${description === '' ? '' : `  ${description}`}`);
        printData(json ? JSON.stringify(items) : lines.join('\n'));
        return exitCodes.ok;
      }),
    );
  data
    .command('check')
    .description('look for what would spoil a training; the exit code is 3 when something is found')
    .argument('<dataset>')
    .option('--json', 'one JSON document')
    .action((dataset: string, { json }: { json?: boolean }) =>
      onServer(verb, async (server) => {
        const { waitForResult } = await import('../kinds/job-end.js');
        const ended = await waitForResult(server, await server.post('/api/v1/dataset-checks', { dataset }));
        if ('exitCode' in ended) return ended.exitCode;
        const result = findFaults.output.parse(ended.result);
        const lines = result.faults.flatMap(({ kind, count, places }) => [
          `${kind}: ${count}`,
          ...places.slice(0, 5).map(({ what, clips }) => `  ${[what, ...clips.map(({ filename }) => filename)].join('  ')}`),
        ]);
        const clean = `nothing is wrong with the ${result.clips} clips of ${dataset}, version ${result.version}`;
        printData(json ? JSON.stringify(result) : result.isClean ? clean : lines.join('\n'));
        return result.isClean ? exitCodes.ok : exitCodes.someItemsFailed;
      }),
    );
  data
    .command('split')
    .description('show how it would be split, at random and by group')
    .argument('<dataset>')
    .option('--seed <number>', 'of the split', '42')
    .option('--test-share <share>', 'how much is held out', '0.2')
    .action((dataset: string, { seed, testShare }: { seed: string; testShare: string }) =>
      onServer(verb, async (server) => {
        const { links } = datasetVersion.parse(await server.postJson(`${pathOf(dataset)}/versions`));
        const query = new URLSearchParams({ seed, testShare });
        printData(JSON.stringify(splitPreview.parse(await server.json(`${links.self}/split?${query}`))));
        return exitCodes.ok;
      }),
    );
  data
    .command('export')
    .description('download a version, the labelled clips as they are now by default')
    .argument('<dataset>')
    .addOption(new Option('--as <form>', 'what').choices(exportForms).makeOptionMandatory())
    .option('--version <number>', 'which')
    .option('--profile <name>', 'of features')
    .option('--out <file>', 'where to; standard output by default')
    .action((dataset: string, { as, version, profile, out }: { as: string; version?: string; profile?: string; out?: string }) =>
      onServer(verb, async (server) => {
        const which =
          version === undefined
            ? datasetVersion.parse(await server.postJson(`${pathOf(dataset)}/versions`)).links.self
            : `${pathOf(dataset)}/versions/${encodeURIComponent(version)}`;
        const query = new URLSearchParams({ as, ...(profile === undefined ? {} : { profile }) });
        const { saveBody } = await import('./save-body.js');
        await saveBody(await server.request(`${which}/export?${query}`), out);
        return exitCodes.ok;
      }),
    );
}

function pathOf(dataset: string): string {
  return `/api/v1/datasets/${encodeURIComponent(dataset)}`;
}
