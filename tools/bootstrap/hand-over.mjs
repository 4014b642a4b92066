import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { node24 } from './installed.mjs';
import { readOrNull, root } from './steps.mjs';

/**
 * Runs a program with Node 24 in the place of this process (Node 20 cannot replace itself): same terminal, same signals, same exit code.
 * The channel between the two tells the program when this process is gone, however it ended.
 */
export function handOver(args) {
  // npm scripts find node_modules/.bin first, other callers do not: whatever the program starts by name is Node 24 too.
  const env = { ...process.env, PATH: `${root}/node_modules/.bin:${process.env.PATH}` };
  const child = spawn(node24, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // Ctrl-C reaches the child from the terminal itself; a SIGINT for this process alone is not to be told from it, and costs nothing twice.
  process.on('SIGINT', () => child.kill('SIGINT'));
  if (process.env.npm_lifecycle_event !== undefined) endWithNpm(child);
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve();
    });
  }).then(() => process.exit());
}

/** An npm that was killed leaves its shell and its scripts running: they are told to end. */
function endWithNpm(child) {
  const npm = npmAbove(process.ppid);
  if (npm === null) return;
  setInterval(() => {
    if (!existsSync(`/proc/${npm}`)) child.kill('SIGTERM');
  }, 1000).unref();
}

/** npm is our parent, or that of the shell between us; it can be looked for where there is /proc. */
function npmAbove(pid) {
  for (let depth = 0; depth < 2; depth++) {
    const commandLine = readOrNull(`/proc/${pid}/cmdline`);
    if (commandLine === null) return null;
    if (/\bnpm\b/.test(commandLine)) return pid;
    pid = Number(/^PPid:\s*(\d+)/m.exec(readOrNull(`/proc/${pid}/status`) ?? '')?.[1]);
  }
  return null;
}
