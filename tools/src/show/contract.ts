// npm run show -- contract [--quick | --typescript | --only REGEX]
// The OpenAPI document as others use it: schemathesis asks the stack whatever the document allows and forbids, and a TypeScript and a
// Python client are made of it, compiled in strict mode, and do real work. What they need is installed outside the repository. With
// --typescript that client alone, as `npm test` has it; with --only schemathesis alone, on the paths that match.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stack } from '../chaos/stack/stack.js';

const packages = {
  npm: ['@hey-api/openapi-ts@0.99.0', 'typescript@5.9.3', '@types/node@24', 'tsx@4'],
  pip: ['schemathesis==4.32.5', 'openapi-python-client==0.29.1'],
};
const cases = 3_000;
const quickCases = 300;
const sources = fileURLToPath(new URL('../../src/show/contract/', import.meta.url));
const sounds = fileURLToPath(new URL('../../../libs/features/golden/audio/', import.meta.url));
const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'earshot', 'contract');
const python = join(folder, 'venv', 'bin', 'python');

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean' }, typescript: { type: 'boolean' }, only: { type: 'string' } },
  });
  const { only } = values;
  mkdirSync(folder, { recursive: true });
  if (only === undefined) installForTypescript();
  const hasPython = !values.typescript && installForPython();
  const stack = await Stack.start({ doorbell: 'notify', gateways: 1, extractors: 1, drillWorkers: 0 });
  try {
    const env = { EARSHOT_URL: stack.url, EARSHOT_SOUNDS: sounds };
    const document = await (await fetch(`${stack.url}/openapi.json`)).text();
    writeFileSync(join(folder, 'openapi.json'), document);
    const examplesEach = Math.ceil((values.quick ? quickCases : cases) / operationsOf(document));
    const shows = only === undefined ? [await typescriptClient(env)] : [];
    if (hasPython && only === undefined) shows.push(await pythonClient(env));
    if (hasPython) shows.push(await schemathesis(env, examplesEach, only));
    if (stack.unexpectedEnds.length > 0) shows.push(false);
    if (shows.includes(false)) process.exitCode = 1;
  } finally {
    await stack.close();
  }
}

function installForTypescript(): void {
  if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  must('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages.npm]);
}

/** False where there is no Python: then only the TypeScript client is shown, and that is said. */
function installForPython(): boolean {
  if (spawnSync('python3', ['--version']).status !== 0) {
    console.log(JSON.stringify({ schemathesis: 'not run', pythonClient: 'not run', reason: 'there is no python3' }));
    return false;
  }
  if (!existsSync(python)) must('python3', ['-m', 'venv', 'venv']);
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages.pip]);
  return true;
}

function typescriptClient(env: Record<string, string>): Promise<boolean> {
  copyFileSync(join(sources, 'client.ts.txt'), join(folder, 'e2e.ts'));
  must('npx', ['openapi-ts', '-i', 'openapi.json', '-o', 'client', '-c', '@hey-api/client-fetch', '--silent']);
  const strict = [
    '--strict',
    '--noUncheckedIndexedAccess',
    '--target',
    'es2023',
    '--module',
    'esnext',
    '--moduleResolution',
    'bundler',
    '--types',
    'node',
  ];
  must('npx', ['tsc', ...strict, '--noEmit', 'e2e.ts']);
  return told('typescriptClient', join(folder, 'node_modules', '.bin', 'tsx'), ['e2e.ts'], env);
}

function pythonClient(env: Record<string, string>): Promise<boolean> {
  writeFileSync(join(folder, 'generator.yaml'), 'post_hooks: []\n');
  must(python, [
    '-m',
    'openapi_python_client',
    'generate',
    '--path',
    'openapi.json',
    '--output-path',
    'python',
    '--overwrite',
    '--config',
    'generator.yaml',
  ]);
  copyFileSync(join(sources, 'client.py'), join(folder, 'python', 'e2e.py'));
  return told('pythonClient', python, ['python/e2e.py'], env);
}

function operationsOf(document: string): number {
  const { paths }: { paths: Record<string, object> } = JSON.parse(document);
  return Object.values(paths).reduce((sum, path) => sum + Object.keys(path).length, 0);
}

/** All checks; examples, coverage, generated cases, and sequences of them. */
function schemathesis(env: Record<string, string>, examplesEach: number, only?: string): Promise<boolean> {
  for (const name of ['hooks.py', 'schemathesis.toml']) copyFileSync(join(sources, name), join(folder, name));
  const url = env['EARSHOT_URL'];
  const args = [
    'run',
    `${url}/openapi.json`,
    '--checks',
    'all',
    '--max-examples',
    String(examplesEach),
    '--seed',
    '1',
    '--no-color',
    '--request-timeout',
    '40',
    '--max-response-time', // the results of work are waited for, up to 30 s
    '40',
    ...(only === undefined ? [] : ['--include-path-regex', only]),
  ];
  return told('schemathesis', join(folder, 'venv', 'bin', 'st'), args, { ...env, SCHEMATHESIS_HOOKS: 'hooks' });
}

/** It does not block this process, which has to read what the services log: a service whose pipe is full stands still. */
async function told(name: string, command: string, args: string[], env: Record<string, string>): Promise<boolean> {
  const startMs = performance.now();
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'w'); // written as it comes: it says where a run stands that takes long
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', output, output] });
  const [status] = await once(child, 'close');
  closeSync(output);
  const summary = /Test cases:\n +(.*)/.exec(readFileSync(log, 'utf8'))?.[1];
  const seconds = Math.round((performance.now() - startMs) / 1_000);
  console.log(JSON.stringify({ [name]: status === 0 ? 'ok' : 'failed', cases: summary, seconds, log }));
  return status === 0;
}

function must(command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
}
