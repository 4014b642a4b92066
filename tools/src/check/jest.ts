import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { sharedPostgresVariable, startOwnPostgres } from '@earshot/database/testing';
import { z } from 'zod';
import type { Outcome } from './outcome.js';
import { runCommand } from './run-command.js';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Files that could not even be loaded: none of their tests is counted above. */
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(z.object({ name: z.string(), status: z.string() })),
});

interface Run {
  passed: number;
  failed: number;
  failedFiles: string[];
  output: string;
}

/** Specs wait for servers and leases as much as they compute: by default Jest would leave one of two processors idle. */
const workers = availableParallelism() + 1;

/** Of more files than these it is no accident that they fail. */
const mostTriedAlone = 3;

/**
 * All specs; `unit` leaves out `*.system.spec.ts`, which start whole services and databases and take their time. A file that fails beside
 * others is tried once more with nothing beside it, and it is told that it had to be.
 */
export async function jest(scope: 'unit' | 'whole'): Promise<Outcome> {
  const postgres = await startOwnPostgres();
  try {
    const ignored = scope === 'unit' ? ['--testPathIgnorePatterns', String.raw`\.system\.spec\.ts$`, '/node_modules/'] : [];
    const { failedFiles, ...beside } = await run(postgres.url, [`--maxWorkers=${workers}`, ...ignored]);
    if (failedFiles.length === 0 || failedFiles.length > mostTriedAlone) return beside;
    const alone = await run(postgres.url, ['--runInBand', '--runTestsByPath', ...failedFiles]);
    if (alone.failed > 0) return { ...beside, output: `${beside.output}\nalone again:\n${alone.output}` };
    const names = failedFiles.map((file) => relative(process.cwd(), file)).join(', ');
    const remark = `${names}: ${beside.failed} failed beside other specs, and none alone. The first time:\n${beside.output}`;
    return { passed: beside.passed + beside.failed, failed: 0, output: beside.output, remark };
  } finally {
    await postgres.stop();
  }
}

async function run(postgresUrl: string, options: readonly string[]): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-jest-'));
  try {
    const outputFile = join(folder, 'report.json');
    const args = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${outputFile}`, '--silent', '--noStackTrace', ...options];
    const { output, exitCode } = await runCommand(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...args], {
      env: { [sharedPostgresVariable]: postgresUrl },
    });
    const text = await readFile(outputFile, 'utf8').catch(() => null);
    if (text === null) return { passed: 0, failed: 1, failedFiles: [], output };
    const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, testResults } = report.parse(JSON.parse(text));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const failedFiles = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
    // Jest may also fail as a whole, for example when it finds no test at all.
    return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, failedFiles, output: withoutReport(output) };
  } finally {
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
