import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Children run the built code: specs that start some build it first (Nx does only what has changed). */
export function buildSandbox(): void {
  const { status, stderr, stdout } = spawnSync('npx', ['nx', 'build', 'sandbox'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`nx build sandbox failed: ${stdout}${stderr}`);
}
