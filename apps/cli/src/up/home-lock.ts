import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf } from '@earshot/embedded';
import { ConfigError } from '@earshot/platform';
import { codeOf } from '../error-code.js';

/** Two `earshot up` on one home would fight for one database. Returns how to give the home free again. */
export async function lockHome(home: string): Promise<() => void> {
  const lock = join(home, 'up.lock');
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, `${process.pid}\n${commandLineOf(process.pid) ?? ''}\n`);
  try {
    // Linking fails when there is a lock, and a lock is never seen half written.
    for (let attempt = 0; !tryLink(mine, lock); attempt++) {
      const holder = holderOf(lock);
      if (holder !== null || attempt > 2) {
        const found = `process ${holder ?? '(unknown)'} is running there: stop it first, or choose another --home`;
        throw new ConfigError([{ name: 'EARSHOT_HOME', expected: `a home that no other \`earshot up\` uses`, found }]);
      }
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (readOrEmpty(lock).startsWith(`${process.pid}\n`)) rmSync(lock, { force: true });
  };
}

/** The living process that holds the lock. The number alone proves nothing: after a restart it may be anybody's, even our own. */
function holderOf(lock: string): number | null {
  const [pidText = '', commandLine] = readOrEmpty(lock).split('\n');
  const pid = Number(pidText);
  if (pid === process.pid) return null;
  return commandLine !== '' && commandLineOf(pid) === commandLine ? pid : null;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
