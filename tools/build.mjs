// Builds one workspace: src/ becomes dist/, file by file, by swc (types are checked by `npm run check`, not here); SQL is copied.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [project] = process.argv.slice(2);
const dist = `${root}${project}/dist`;
const fresh = `${dist}.${process.pid}`; // beside it, so that source maps hold; two builds at once must not see each other's half of one
mkdirSync(fresh); // swc makes it itself, but several of its files at once, and one of them may lose
const swc = `${root}node_modules/@swc/cli/bin/swc.js`;
const tests = '**/*.spec.ts,**/*.conformance.ts,**/*.fixture.ts,**/*.twin.ts';
const args = [swc, 'src', '-d', fresh, '--strip-leading-paths', '--ignore', tests, '--config-file', `${root}.swcrc`, '--quiet'];
const { status } = spawnSync(process.execPath, args, { cwd: `${root}${project}`, stdio: 'inherit' });
const old = `${fresh}.old`;
if (status === 0) {
  const isSql = (path) => path.endsWith('.sql') || statSync(path).isDirectory();
  cpSync(`${root}${project}/src`, fresh, { recursive: true, filter: isSql });
  move(dist, old);
  move(fresh, dist);
}
for (const folder of [old, fresh]) rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);

/** Another build of the same files may have been quicker: then there is nothing to move, or no place to move it to. */
function move(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
  }
}
