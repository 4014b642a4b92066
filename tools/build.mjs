// Builds one workspace: src/ becomes dist/, file by file, by swc (types are checked by `npm run check`, not here); SQL is copied.
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const [project] = process.argv.slice(2);
const source = join(root, project, 'src');
const dist = join(root, project, 'dist');
const fresh = `${dist}.${process.pid}`; // beside it, so that source maps hold; two builds at once must not see each other's half of one
const old = `${fresh}.old`;
const isForTests = /\.(spec|conformance|fixture|twin)\.ts$/;

try {
  const names = readdirSync(source, { recursive: true });
  await Promise.all(names.filter((name) => name.endsWith('.ts') && !isForTests.test(name)).map(compile));
  for (const name of names.filter((name) => name.endsWith('.sql'))) cpSync(join(source, name), join(fresh, name));
  move(dist, old);
  move(fresh, dist);
} finally {
  for (const folder of [old, fresh]) rmSync(folder, { recursive: true, force: true });
}

async function compile(name) {
  const from = join(source, name);
  const to = join(fresh, name.replace(/ts$/, 'js'));
  const sourceFileName = relative(dirname(to), from);
  const { code, map } = await transformFile(from, { configFile: join(root, '.swcrc'), sourceFileName });
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, `${code}//# sourceMappingURL=${to.slice(dirname(to).length + 1)}.map\n`);
  writeFileSync(`${to}.map`, map);
}

/** Another build of the same files may have been quicker: then there is nothing to move, or no place to move it to. */
function move(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
  }
}
