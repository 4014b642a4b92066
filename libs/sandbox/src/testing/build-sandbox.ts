import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * Children run the built code: specs that start some bring it up to date first. Not by Nx itself, which puts even unchanged files in their
 * place anew, under the programs that other specs start at that moment.
 */
export function buildSandbox(): void {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['tools/bootstrap.mjs', 'prepare'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed: ${stdout}${stderr}`);
}
