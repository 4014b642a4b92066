import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface DatabaseUrls {
  /** Of the owner of the tables. */
  ownerUrl: string;
  /** Of the role that services work as; null where they work as the owner. */
  servicesUrl: string | null;
}

/** `earshot migrate` as a process of its own, which takes the database client's memory with it when it ends. Returns what was applied. */
export async function runMigrations({ ownerUrl, servicesUrl }: DatabaseUrls, env: NodeJS.ProcessEnv): Promise<string[]> {
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'migrate', '--wait'], {
    env: { ...env, DATABASE_URL: ownerUrl, ...(servicesUrl !== null && { SERVICES_DATABASE_URL: servicesUrl }) },
  });
  return stdout.split('\n').filter(Boolean);
}
