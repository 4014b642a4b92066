import { forbiddenImportIsRefused } from './arrows.js';
import { deploymentFits } from './deployment.js';
import { databaseClientIsCurrent, webClientIsCurrent } from './generated.js';
import { jest } from './jest.js';
import { lockfileIsComplete } from './lockfile.js';
import type { Outcome } from './outcome.js';
import { runCommand } from './run-command.js';
import { firstLoadFits } from './web-budget.js';

export interface Check {
  name: string;
  /** Runs when the others are done. */
  isAlone?: boolean;
  run: () => Promise<Outcome>;
}

/** What runs before each commit, two minutes at most; CI runs the system tests too. */
export function checks(scope: 'unit' | 'whole'): Check[] {
  return [
    { name: 'format and lint', run: () => command('@biomejs/biome/bin/biome', 'check', '--colors=off', '.') },
    { name: 'types', run: () => command('typescript/bin/tsc', '-p', '.') },
    { name: 'import arrows and cycles', run: () => command('dependency-cruiser/bin/dependency-cruiser.mjs', 'apps', 'libs', 'tools/src') },
    { name: 'a forbidden import is refused', run: forbiddenImportIsRefused },
    { name: 'deployment files fit the services', run: deploymentFits },
    { name: 'the lockfile is complete', run: lockfileIsComplete },
    { name: 'the licences of others are told', run: () => node('tools/dist/notices/main.js', '--check') },
    { name: 'the database client is current', run: databaseClientIsCurrent },
    { name: "the web app's client is current", run: webClientIsCurrent },
    { name: "the web app's first load fits", run: firstLoadFits },
    { name: 'the OpenAPI document is current', run: () => node('tools/dist/openapi/main.js', '--check') },
    { name: 'what is made from seeds is current', run: () => node('tools/dist/models/main.js', '--check') },
    { name: 'schema and migrations agree', run: () => node('tools/dist/migration/main.js', '--check') },
    { name: scope === 'unit' ? 'unit tests' : 'unit and system tests', isAlone: true, run: () => jest(scope) },
    ...(scope === 'unit' ? [] : [...againstPromises, ...underFaults]),
  ];
}

/** What users are told in so many words. */
const againstPromises: Check[] = [
  { name: "features equal librosa's", isAlone: true, run: () => node('tools/dist/parity/main.js') },
  { name: 'a strict TypeScript client does work', isAlone: true, run: () => node('tools/dist/show/main.js', 'contract', '--typescript') },
  { name: "the README's answers", isAlone: true, run: () => node('tools/dist/show/main.js', 'readme') },
];

/** The short versions of what shows that nothing accepted is lost and no file does harm; chaos takes a new seed each time, which a failure tells. */
const underFaults: Check[] = [
  { name: 'chaos, Redis as the doorbell', isAlone: true, run: () => node('tools/dist/chaos/main.js', '--quick', '--doorbell', 'redis') },
  { name: 'chaos without Redis', isAlone: true, run: () => node('tools/dist/chaos/main.js', '--quick', '--doorbell', 'notify') },
  ...['orphans', 'long-work', 'redis-away', 'idempotency', 'index-kills', 'hostile'].map((show) => ({
    name: `show ${show}`,
    isAlone: true,
    run: () => node('tools/dist/show/main.js', show, '--quick'),
  })),
];

/** The command of an installed package, by the file it stands in. */
function command(file: string, ...args: string[]): Promise<Outcome> {
  return node(`node_modules/${file}`, ...args);
}

async function node(...args: string[]): Promise<Outcome> {
  const { exitCode, output } = await runCommand(process.execPath, args);
  return exitCode === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output: output || `exit code ${exitCode}` };
}
