import { setTimeout as sleep } from 'node:timers/promises';
import { migrationSettings, readConfig } from '@earshot/platform';
import type { Command } from 'commander';
import { z } from 'zod';
import { codeOf } from '../error-code.js';
import { exitCodes } from '../exit-codes.js';
import { printData, say } from '../terminal.js';
import type { Verb } from '../verb.js';

interface MigrateOptions {
  check?: boolean;
  allowNewer?: boolean;
  wait?: boolean;
}

export function addMigrate(program: Command, { env, exit }: Verb): void {
  program
    .command('migrate')
    .description('bring the database at DATABASE_URL up to date, for the role of SERVICES_DATABASE_URL')
    .option('--check', 'change nothing; exit code 1 and the names when migrations wait, or when a newer version has migrated')
    .option('--allow-newer', 'with --check: a database that a newer version has migrated is fine, as while an update is rolled out')
    .option('--wait', 'wait up to 60 s for the database to answer')
    .action(async ({ check = false, allowNewer = false, wait = false }: MigrateOptions) => {
      const { DATABASE_URL, SERVICES_DATABASE_URL: servicesUrl } = readConfig(z.object(migrationSettings), env);
      const { migrate } = await import('@earshot/database');
      const { applied, pending, unknown } = await patiently(
        () => migrate(DATABASE_URL, { check, servicesUrl }),
        wait ? 60 : 0,
        check ? notAdmittedYet : [],
      );
      for (const name of check ? pending : applied) printData(name);
      if (pending.length > 0) {
        say(`${pending.length} migrations wait: earshot migrate`);
        exit(exitCodes.error);
      }
      if (check && !allowNewer && unknown.length > 0) {
        say(
          `The database is newer than this version of Earshot, which does not know ${unknown.join(', ')}: use the version that made them`,
        );
        exit(exitCodes.error);
      }
    });
}

/** Tries again while nobody answers at that address: a database that starts beside us needs some seconds. */
async function patiently<T>(action: () => Promise<T>, limitSeconds: number, alsoPassing: readonly string[]): Promise<T> {
  for (const endMs = Date.now() + limitSeconds * 1000; ; await sleep(500)) {
    try {
      return await action();
    } catch (error) {
      if (Date.now() >= endMs || ![...notThereYet, ...alsoPassing].includes(codeOf(error) ?? '')) throw error;
    }
  }
}

/** Refused, not resolved, cut off, or PostgreSQL's own "the database system is starting up". */
const notThereYet = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT', '57P03'];

/** For whoever checks as the role of services, which migrations make: no such role, not its password yet, not its rights yet. */
const notAdmittedYet = ['28000', '28P01', '42501'];
