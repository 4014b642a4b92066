import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type CommandOptions, runCommand } from './run-command.js';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Files that could not even be loaded: none of their tests is counted above. */
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
});

/** What the report says of a file; its name is its path. */
export type SpecFile = z.infer<typeof report>['testResults'][number];

export interface JestRun {
  passed: number;
  failed: number;
  files: SpecFile[];
  output: string;
}

export async function runJest(options: readonly string[], commandOptions: CommandOptions = {}): Promise<JestRun> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-jest-'));
  try {
    const outputFile = join(folder, 'report.json');
    const node = ['--experimental-vm-modules', '--no-warnings', resolve('node_modules/jest/bin/jest.js')];
    const args = ['--json', `--outputFile=${outputFile}`, '--silent', '--noStackTrace', ...options];
    const { output, exitCode } = await runCommand(process.execPath, [...node, ...args], commandOptions);
    const text = await readFile(outputFile, 'utf8').catch(() => null);
    if (text === null) return { passed: 0, failed: 1, files: [], output };
    const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, testResults: files } = report.parse(JSON.parse(text));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Jest may also fail as a whole, for example when it finds no test at all.
    return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, files, output: withoutReport(output) };
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
