import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { z } from 'zod';

const packageFile = new URL('../../../package.json', import.meta.url);

/** What decided the weights beside data, settings and seed. */
export function provenance(command: string): Record<string, unknown> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')));
  return { command, earshot: version, backend: 'wasm', node: process.version, processor: cpus()[0]?.model ?? 'unknown' };
}
