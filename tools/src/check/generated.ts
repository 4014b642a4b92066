import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Outcome } from './outcome.js';
import { runCommand } from './run-command.js';

const generatedDir = 'libs/database/src/generated';

/** The generated client is what the schema makes: it is generated again beside a copy of the schema, and compared. */
export async function databaseClientIsCurrent(): Promise<Outcome> {
  const copy = await mkdtemp(join(tmpdir(), 'earshot-generated-'));
  try {
    await cp('prisma', join(copy, 'prisma'), { recursive: true });
    const args = [resolve('tools/bootstrap/database-client.mjs'), 'prisma/schema.prisma'];
    const { exitCode, output } = await runCommand(process.execPath, args, { cwd: copy });
    if (exitCode !== 0) return { passed: 0, failed: 1, output };
    const [have, want] = await Promise.all([textsOf(generatedDir), textsOf(join(copy, generatedDir))]);
    const stale = [...new Set([...have.keys(), ...want.keys()])].filter((name) => have.get(name) !== want.get(name));
    return stale.length === 0
      ? { passed: 1, failed: 0, output }
      : { passed: 0, failed: 1, output: `${generatedDir} is not what prisma/schema.prisma makes: ${stale.join(', ')}` };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The types of the web app's client are what the OpenAPI document makes. */
export async function webClientIsCurrent(): Promise<Outcome> {
  const cli = 'node_modules/openapi-typescript/bin/cli.js';
  const args = [cli, 'docs/openapi.json', '--default-non-nullable', 'false', '-o', 'apps/web/src/generated/openapi.ts', '--check'];
  const { exitCode, output } = await runCommand(process.execPath, args);
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, output };
}

async function textsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')] as const)));
}
