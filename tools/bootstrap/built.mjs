import { existsSync, readdirSync, statSync } from 'node:fs';
import { node24 } from './installed.mjs';
import { isCurrent, root, run, say, sha256, stamp } from './steps.mjs';

/** Builds with nx what has changed. Sizes and times of all sources are compared first: nx itself needs a second to find nothing to do. */
export async function ensureBuilt() {
  const workspaces = ['apps', 'libs'].flatMap((place) => readdirSync(`${root}/${place}`).map((name) => `${place}/${name}`)).concat('tools');
  const state = sourcesOf(workspaces);
  const isBuilt = workspaces.every((place) => Object.entries(entries).every((entry) => hasEntry(place, entry)));
  if (isBuilt && isCurrent('built', state)) return;
  say('building what has changed …');
  const nx = `${root}/node_modules/nx/dist/bin/nx.js`;
  const env = {
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NX_SKIP_NX_CACHE: '',
    PATH: `${root}/node_modules/.bin:${process.env.PATH}`,
  };
  await run('build', node24, [nx, 'run-many', '-t', 'build', '--outputStyle=static'], { env });
  stamp('built', sourcesOf(workspaces));
}

/** What begins a workspace, and what a build makes of it. */
const entries = { 'src/index.ts': 'index.js', 'src/main.ts': 'main.js', 'index.html': 'index.html' };

function hasEntry(place, [source, built]) {
  return !existsSync(`${root}/${place}/${source}`) || existsSync(`${root}/${place}/dist/${built}`);
}

function sourcesOf(workspaces) {
  const lines = [];
  for (const file of ['nx.json', '.swcrc', 'tsconfig.json', 'tools/build.mjs']) lines.push(lineOf(file));
  for (const workspace of workspaces) {
    for (const entry of readdirSync(`${root}/${workspace}`, { withFileTypes: true })) {
      if (entry.name === 'dist' || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) walk(`${workspace}/${entry.name}`, lines);
      else lines.push(lineOf(`${workspace}/${entry.name}`));
    }
  }
  return sha256(...lines);
}

function walk(folder, lines) {
  for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(path, lines);
    else if (!entry.name.endsWith('.spec.ts')) lines.push(lineOf(path));
  }
}

function lineOf(path) {
  const { size, mtimeMs } = statSync(`${root}/${path}`);
  return `${path} ${size} ${mtimeMs}`;
}
