import { relative } from 'node:path';
import { type JestRun, runJest, type SpecFile } from './jest-run.js';
import type { Outcome } from './outcome.js';
import type { CommandOptions } from './run-command.js';

/** Of more files than these it is no accident that they fail. */
const mostFiles = 3;

/** Of all of them together; what hangs has failed. */
const limitMinutes = 30;

/** What a run came to when each file that failed beside others is tried once more with nothing beside it; it is told that it had to be. */
export async function aloneAgain(
  { files, ...beside }: JestRun,
  { limitMs = limitMinutes * 60_000, ...options }: CommandOptions = {},
): Promise<Outcome> {
  const failed = files.filter(({ status }) => status === 'failed');
  if (failed.length === 0 || failed.length > mostFiles) return beside;
  const paths = failed.map(({ name }) => name);
  const alone = await runJest(['--runInBand', '--forceExit', '--runTestsByPath', ...paths], { ...options, limitMs });
  const without = failed.flatMap((file) => notPassed(file, alone.files));
  if (alone.failed > 0 || without.length > 0)
    return { ...beside, output: [beside.output, 'alone again:', alone.output, ...without].join('\n') };
  const names = paths.map((path) => relative(process.cwd(), path)).join(', ');
  const remark = `${names}: ${beside.failed} failed beside other specs, and none alone. The first time:\n${beside.output}`;
  return { passed: beside.passed + beside.failed, failed: 0, output: beside.output, remark };
}

/** What failed and has not passed now, for it may have been skipped; of a file that failed as a whole something has to pass. */
function notPassed({ name, assertionResults }: SpecFile, alone: readonly SpecFile[]): string[] {
  const again = alone.find((file) => file.name === name)?.assertionResults ?? [];
  const passed = new Set(again.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName));
  if (passed.size === 0) return [`Nothing passed in ${relative(process.cwd(), name)}`];
  const missing = assertionResults.filter(({ fullName, status }) => status === 'failed' && !passed.has(fullName));
  return missing.map(({ fullName }) => `Did not pass: ${fullName}`);
}
