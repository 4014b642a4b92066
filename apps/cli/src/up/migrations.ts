import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** `earshot migrate` as a process of its own, which takes the database client's memory with it when it ends. Answers what was applied. */
export async function runMigrations(databaseUrl: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'migrate', '--wait'], {
    env: { ...env, DATABASE_URL: databaseUrl },
  });
  return stdout.split('\n').filter(Boolean);
}
