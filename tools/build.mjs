// Builds one workspace: src/ becomes dist/, file by file, by swc (types are checked by `npm run check`, not here).
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [project] = process.argv.slice(2);
rmSync(`${root}${project}/dist`, { recursive: true, force: true });
mkdirSync(`${root}${project}/dist`); // swc makes it itself, but several of its files at once, and one of them may lose
const swc = `${root}node_modules/@swc/cli/bin/swc.js`;
const tests = '**/*.spec.ts,**/*.conformance.ts,**/*.fixture.ts,**/*.twin.ts';
const args = [swc, 'src', '-d', 'dist', '--strip-leading-paths', '--ignore', tests, '--config-file', `${root}.swcrc`, '--quiet'];
const { status } = spawnSync(process.execPath, args, { cwd: `${root}${project}`, stdio: 'inherit' });
process.exit(status ?? 1);
