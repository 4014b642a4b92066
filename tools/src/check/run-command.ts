import { spawn } from 'node:child_process';

export interface CommandResult {
  /** -1 when a signal ended it. */
  exitCode: number;
  /** What it found, which is on standard output, then what it told on the way, on standard error. */
  output: string;
}

/** Runs a command to its end, without a terminal. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env = {}, cwd }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [found, told] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (found += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode: exitCode ?? -1, output: found + told }));
  });
}
