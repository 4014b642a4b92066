import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const manifest = z.object({ version: z.string() });

/** Of this program and of the processes that it starts, as its package says, and of what plans, feeds and computes trainings. */
export const codeVersion = versionIn(
  manifest.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version,
  folders(),
);

/**
 * Of a program that lies in these folders now, with a hash of it: builds of one version may come to other sums. `unknown` once something
 * else lies there: a process that starts then is of that one, and its parent is not.
 */
export function versionIn(version: string, of: readonly string[]): () => string {
  const begun = hashOf(of);
  return () => {
    try {
      return hashOf(of) === begun ? `${version}+${begun}` : 'unknown';
    } catch {
      return 'unknown'; // it is being replaced
    }
  };
}

/** Of what computes, of what a training's process does with it, and of this service. */
export function folders(): string[] {
  const learning = fileURLToPath(import.meta.resolve('@earshot/learning'));
  const kernels = createRequire(learning).resolve('@earshot/kernels');
  const sandbox = dirname(fileURLToPath(import.meta.resolve('@earshot/sandbox')));
  return [dirname(learning), dirname(kernels), join(sandbox, 'training'), join(sandbox, 'functions'), join(import.meta.dirname, '..')];
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
