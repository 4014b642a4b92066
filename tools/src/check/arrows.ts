import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Outcome } from './outcome.js';
import { runCommand } from './run-command.js';

/** One import for each kind of rule, by the rule that must refuse it. */
const forbidden = {
  'arrows-of-libs-contracts': '../../database/src/index.js',
  'only-libs-queue-knows-bullmq': 'bullmq',
  'only-by-the-front-door': '../../platform/src/shutdown.js',
  'testing-is-for-tests': '../../database/src/testing/postgres.js',
  'no-cycles': './no-cycles.probe.js',
};

const probeOf = (rule: string) => `libs/contracts/src/${rule}.probe.ts`;

/** A lint that never fails proves nothing: in a copy of the sources, each forbidden import must make it fail, and nothing else. */
export async function forbiddenImportIsRefused(): Promise<Outcome> {
  const copy = await mkdtemp(join(tmpdir(), 'earshot-arrows-'));
  try {
    for (const name of ['libs', '.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
      await cp(name, join(copy, name), { recursive: true, filter: (path) => !/(^|\/)(dist|node_modules|generated)$/.test(path) });
    }
    await symlink(resolve('node_modules'), join(copy, 'node_modules'));
    for (const [rule, imported] of Object.entries(forbidden)) await writeFile(join(copy, probeOf(rule)), `import '${imported}';\n`);
    const cruiser = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const { output } = await runCommand(process.execPath, [cruiser, ...Object.keys(forbidden).map(probeOf)], { cwd: copy });
    const faults = Object.entries(forbidden)
      .filter(([rule]) => !output.includes(`error ${rule}: ${probeOf(rule)}`))
      .map(([rule, imported]) => `the import of ${imported} was not refused by ${rule}:\n${output}`);
    return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, output: faults.join('\n') };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
