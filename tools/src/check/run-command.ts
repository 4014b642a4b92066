import { spawn } from 'node:child_process';

export interface CommandResult {
  /** -1 when a signal ended it. */
  exitCode: number;
  /** What it found, which is on standard output, then what it told on the way, on standard error. */
  output: string;
}

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** After which it is ended, and the output says so. */
  limitMs?: number;
}

/** Runs a command to its end, without a terminal. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env = {}, cwd, limitMs }: CommandOptions = {},
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
    const end = () => {
      told += `\nIt was not done after ${(limitMs ?? 0) / 1_000} s, and was ended.\n`;
      child.kill('SIGKILL');
      for (const stream of [child.stdout, child.stderr]) stream.destroy(); // what it has started may hold them open
    };
    const timer = limitMs === undefined ? undefined : setTimeout(end, limitMs);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode: exitCode ?? -1, output: found + told });
    });
  });
}
