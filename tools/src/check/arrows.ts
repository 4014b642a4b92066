import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Outcome } from './outcome.js';
import { runCommand } from './run-command.js';

const probe = 'libs/contracts/src/forbidden-import.ts';

/** One import for each kind of rule, and the rule that must refuse it. */
const forbidden = [
  { rule: 'arrows-of-libs-contracts', text: "import '../../database/src/index.js';" },
  { rule: 'only-libs-queue-knows-bullmq', text: "import 'bullmq';" },
  { rule: 'only-by-the-front-door', text: "import '../../platform/src/shutdown.js';" },
  { rule: 'testing-is-for-tests', text: "import '../../database/src/testing/postgres.js';" },
  { rule: 'no-cycles', text: "import './forbidden-import.js';" },
];

/** A lint that never fails proves nothing: in a copy of the sources, each forbidden import must make it fail, and nothing else. */
export async function forbiddenImportIsRefused(): Promise<Outcome> {
  const copy = await mkdtemp(join(tmpdir(), 'earshot-arrows-'));
  try {
    for (const name of ['libs', '.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
      await cp(name, join(copy, name), { recursive: true, filter: (path) => !/(^|\/)(dist|node_modules|generated)$/.test(path) });
    }
    await symlink(resolve('node_modules'), join(copy, 'node_modules'));
    const faults: string[] = [];
    for (const { rule, text } of forbidden) {
      await writeFile(join(copy, probe), text);
      const { exitCode, output } = await runCommand(
        process.execPath,
        [resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), probe],
        { cwd: copy },
      );
      if (exitCode === 0 || !output.includes(`error ${rule}: ${probe}`)) faults.push(`${text} was not refused by ${rule}:\n${output}`);
    }
    return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, output: faults.join('\n') };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
