import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const manifest = z.object({ version: z.string() });

/** Of this program, as its package says, and a hash of what plans and computes trainings: builds of one version may come to other sums. */
export function codeVersion(): string {
  known ??= `${manifest.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version}+${ownHash()}`;
  return known;
}

let known: string | undefined;

function ownHash(): string {
  const learning = fileURLToPath(import.meta.resolve('@earshot/learning'));
  const kernels = createRequire(learning).resolve('@earshot/kernels');
  const sandbox = fileURLToPath(import.meta.resolve('@earshot/sandbox'));
  const folders = [dirname(learning), dirname(kernels), join(dirname(sandbox), 'training'), join(import.meta.dirname, '..')];
  return hashOf(folders);
}

/** Of the programs in these folders, wherever they lie. */
export function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const [i, folder] of folders.entries()) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
    for (const file of files.toSorted()) hash.update(`${i} ${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
