import { type ClassifierAliasResource, classifierAlias, classifierPage, modelVersion, modelVersionPage } from '@earshot/contracts';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { onServer } from '../kinds/on-server.js';
import type { Server } from '../kinds/server.js';
import { printData, printRaw, say } from '../terminal.js';
import type { Verb } from '../verb.js';
import { wholeNumber } from '../whole-number.js';

interface Form {
  json?: boolean;
}

/** `earshot models ls|show|promote|rollback|export|import|rm`. */
export function addModels(program: Command, verb: Verb): void {
  const models = program.command('models').description('classifiers and model versions of a server');
  const asks = (name: string, description: string) => models.command(name).description(description);
  asks('ls', 'classifiers and where their aliases point, or the versions of one')
    .argument('[classifier]')
    .option('--json', 'one JSON document')
    .action((name: string | undefined, { json }: Form) => onServer(verb, (server) => list(server, name, json ?? false)));
  asks('show', 'a version: its card for people, or all of it as JSON')
    .argument('<classifier>')
    .argument('<version>', 'its number', wholeNumber)
    .option('--json', 'one JSON document')
    .action((name: string, version: number, { json }: Form) => onServer(verb, (server) => show(server, name, version, json ?? false)));
  asks('promote', 'point production, or another alias, at a version')
    .argument('<classifier>')
    .argument('<version>', 'its number', wholeNumber)
    .option('--alias <name>', 'which', 'production')
    .action((name: string, version: number, { alias }: { alias: string }) =>
      onServer(verb, (server) => moved(server, `${versionPath(name, version)}/promote?alias=${encodeURIComponent(alias)}`)),
    );
  asks('rollback', 'point production, or another alias, at the version it pointed at before')
    .argument('<classifier>')
    .option('--alias <name>', 'which', 'production')
    .action((name: string, { alias }: { alias: string }) =>
      onServer(verb, (server) => moved(server, `${aliasPath(name, alias)}/rollback`)),
    );
  asks('export', 'write a version as one archive')
    .argument('<classifier>')
    .argument('<version>', 'its number', wholeNumber)
    .requiredOption('--out <file>', 'a tar archive')
    .action((name: string, version: number, { out }: { out: string }) => onServer(verb, (server) => exportTo(server, name, version, out)));
  asks('import', 'make a version of an archive; no alias is moved')
    .argument('<classifier>', 'made where there is none')
    .argument('<archive>')
    .action((name: string, file: string) => onServer(verb, (server) => importFrom(server, name, file)));
  asks('rm', 'delete a version for good')
    .argument('<classifier>')
    .argument('<version>', 'its number', wholeNumber)
    .requiredOption('--yes', 'that it is meant')
    .action((name: string, version: number) =>
      onServer(verb, async (server) => {
        await server.request(versionPath(name, version), { method: 'DELETE' });
        say(`${name} ${version} is gone`);
        return exitCodes.ok;
      }),
    );
}

async function list(server: Server, name: string | undefined, json: boolean): Promise<number> {
  if (name === undefined) {
    const { items } = classifierPage.parse(await server.json('/api/v1/classifiers?limit=200'));
    const lineOf = (aliases: ClassifierAliasResource[]) => aliases.map(({ alias, version }) => `${alias} ${version}`).join(', ');
    printData(
      json
        ? JSON.stringify(items)
        : items
            .map((one) => `${one.name}: ${one.versions} ${one.versions === 1 ? 'version' : 'versions'}; ${lineOf(one.aliases)}`)
            .join('\n'),
    );
  } else {
    const { items } = modelVersionPage.parse(await server.json(`${classifierPath(name)}/versions?limit=200`));
    const lineOf = (aliases: string[]) => (aliases.length > 0 ? ` (${aliases.join(', ')})` : '');
    printData(
      json ? JSON.stringify(items) : items.map((one) => `${one.version}${lineOf(one.aliases)}: ${one.recipe}, ${one.createdAt}`).join('\n'),
    );
  }
  return exitCodes.ok;
}

async function show(server: Server, name: string, version: number, json: boolean): Promise<number> {
  if (json) printData(JSON.stringify(modelVersion.parse(await server.json(versionPath(name, version)))));
  else printRaw(await server.text(versionPath(name, version), 'text/markdown'));
  return exitCodes.ok;
}

async function moved(server: Server, path: string): Promise<number> {
  const { classifier, alias, version } = classifierAlias.parse(await (await server.request(path, { method: 'POST' })).json());
  printData(JSON.stringify({ classifier, alias, version }));
  return exitCodes.ok;
}

async function exportTo(server: Server, name: string, version: number, out: string): Promise<number> {
  const { writeFile } = await import('node:fs/promises');
  const bytes = new Uint8Array(await (await server.request(`${versionPath(name, version)}/archive`)).arrayBuffer());
  await writeFile(out, bytes);
  say(`${out}: ${bytes.length} bytes`);
  return exitCodes.ok;
}

async function importFrom(server: Server, name: string, file: string): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const { jobResource } = await import('@earshot/contracts');
  const { waitForResult } = await import('../kinds/job-end.js');
  const headers = { 'content-type': 'application/x-tar' };
  const response = await server.request(`${classifierPath(name)}/versions`, {
    method: 'POST',
    headers,
    body: new Uint8Array(await readFile(file)),
  });
  const ended = await waitForResult(server, jobResource.parse(await response.json()));
  if ('exitCode' in ended) return ended.exitCode;
  printData(JSON.stringify(ended.result));
  return exitCodes.ok;
}

function classifierPath(name: string): string {
  return `/api/v1/classifiers/${encodeURIComponent(name)}`;
}

function versionPath(name: string, version: number): string {
  return `${classifierPath(name)}/versions/${version}`;
}

function aliasPath(name: string, alias: string): string {
  return `${classifierPath(name)}/aliases/${encodeURIComponent(alias)}`;
}
