import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../error-code.js';

/** The password of the embedded PostgreSQL: made once for each installation, readable by its owner only. */
export async function postgresPassword(home: string): Promise<string> {
  const path = join(home, 'postgres-password');
  try {
    await writeFile(path, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return readFile(path, 'utf8');
}
