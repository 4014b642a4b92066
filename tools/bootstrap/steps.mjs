import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const stampsDir = `${root}/node_modules/.cache/earshot`;

/** One line that tells a newcomer what happens; standard output is for data only. */
export function say(text) {
  process.stderr.write(`earshot: ${text}\n`);
}

export function fail(text, exitCode = 1) {
  say(text);
  process.exit(exitCode);
}

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** The text of a file, or null when there is none. */
export function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Whether the step `name` was last done for exactly this state. */
export function isCurrent(name, state) {
  return readOrNull(`${stampsDir}/${name}`) === state;
}

export function stamp(name, state) {
  mkdirSync(stampsDir, { recursive: true });
  writeFileSync(`${stampsDir}/${name}`, state);
}

/**
 * Runs a command silently; its output is shown only when it fails, and then everything ends. `progress` says what is done so far:
 * of a step that takes long it is told every five seconds.
 */
export async function run(what, command, args, { env = {}, cwd = root, progress } = {}) {
  const startMs = Date.now();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const telling = progress && setInterval(() => say(`${what}: ${progress()}`), 5_000);
  const ending = await new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  clearInterval(telling);
  if (ending === 0) return say(`${what}: done in ${((Date.now() - startMs) / 1000).toFixed(1)} s`);
  process.stderr.write(Buffer.concat(output));
  return fail(`${what} failed (${ending}): ${command} ${args.join(' ')}`);
}

/** One at a time in this checkout. A lock whose holder is gone counts for nothing. */
export async function withLock(action) {
  const path = `${stampsDir}/lock`;
  mkdirSync(dirname(path), { recursive: true });
  for (let isToldToWait = false; ; ) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(readOrNull(path));
      if (holder > 0 && !isAlive(holder)) {
        rmSync(path, { force: true });
        continue;
      }
      if (!isToldToWait) say('another command is building in this folder, waiting for it …');
      isToldToWait = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await action();
  } finally {
    release();
    process.off('exit', release);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
