import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedPostgresVariable, startOwnPostgres } from '@earshot/database/testing';
import { z } from 'zod';
import type { Outcome } from './outcome.js';
import { runCommand } from './run-command.js';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Files that could not even be loaded: none of their tests is counted above. */
  numRuntimeErrorTestSuites: z.number(),
});

/** Specs wait for servers and leases as much as they compute: by default Jest would leave one of two processors idle. */
const workers = `--maxWorkers=${availableParallelism() + 1}`;

/** All specs; `unit` leaves out `*.system.spec.ts`, which start whole services and databases and take their time. */
export async function jest(scope: 'unit' | 'whole'): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-jest-'));
  const postgres = await startOwnPostgres();
  try {
    const outputFile = join(folder, 'report.json');
    const args = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${outputFile}`, '--silent', '--noStackTrace', workers];
    if (scope === 'unit') args.push('--testPathIgnorePatterns', String.raw`\.system\.spec\.ts$`, '/node_modules/');
    const { output, exitCode } = await runCommand(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...args], {
      env: { [sharedPostgresVariable]: postgres.url },
    });
    const text = await readFile(outputFile, 'utf8').catch(() => null);
    if (text === null) return { passed: 0, failed: 1, output };
    const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites } = report.parse(JSON.parse(text));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Jest may also fail as a whole, for example when it finds no test at all.
    return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, output: withoutReport(output) };
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** With --json the report is printed too, as one very long line. */
function withoutReport(output: string): string {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('{"num') && !line.startsWith('PASS '))
    .join('\n');
}
