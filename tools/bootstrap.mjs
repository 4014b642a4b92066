// What the npm scripts run, with nothing but Node >= 20.19 and npm on the machine: brings packages, Node 24, generated code and
// builds up to date (a few milliseconds when they are), then hands over to Node 24. JavaScript, because it runs before anything is built.
//   node tools/bootstrap.mjs up [...]         the embedded stack (npm start)
//   node tools/bootstrap.mjs check | test     what runs before a commit, and what CI runs
//   node tools/bootstrap.mjs run NAME [...]   tools/src/NAME/main.ts
//   node tools/bootstrap.mjs prepare          only brings everything up to date
import { existsSync } from 'node:fs';
import { ensureBuilt } from './bootstrap/built.mjs';
import { ensureGenerated } from './bootstrap/generated.mjs';
import { handOver } from './bootstrap/hand-over.mjs';
import { ensureInstalled, ensureNode24 } from './bootstrap/installed.mjs';
import { fail, root, withLock } from './bootstrap/steps.mjs';

const [verb, ...args] = process.argv.slice(2);
const program = programOf(verb, args);

requireNode();
// Locked only when something has to be done: two starts in one checkout would overwrite each other's work.
await ensureInstalled();
await ensureNode24();
await withLock(async () => {
  await ensureGenerated();
  await ensureBuilt();
});

if (program !== null) {
  const [file, ...rest] = program;
  if (!existsSync(`${root}/${file}`)) fail(`There is no ${file.replace('/dist/', '/src/').replace(/js$/, 'ts')}.`, 2);
  await handOver([`${root}/${file}`, ...rest]);
}

function programOf(verb, args) {
  if (verb === 'up') refuseOptionsThatNpmTook(args);
  if (verb === 'up') return ['apps/cli/dist/main.js', 'up', ...args];
  if (verb === 'check' || verb === 'test') return ['tools/dist/check/main.js', verb, ...args];
  if (verb === 'run' && /^[a-z][a-z0-9-]*$/.test(args[0] ?? '')) return [`tools/dist/${args[0]}/main.js`, ...args.slice(1)];
  if (verb === 'prepare') return null;
  return fail('Usage: node tools/bootstrap.mjs up | check | test | run NAME | prepare', 2);
}

/** Of `npm start --port 9000` npm takes `--port` for a switch of its own, and leaves us the number as a word. */
function refuseOptionsThatNpmTook(words) {
  const rest = [...words];
  const meant = ['port', 'home', 'roles', 'log-format'].flatMap((name) => {
    const value = process.env[`npm_config_${name.replace('-', '_')}`];
    return value === undefined ? [] : `--${name} ${value === 'true' ? rest.shift() : value}`;
  });
  if (meant.length > 0) fail(`npm keeps what stands before a -- for itself. Write: npm start -- ${meant.join(' ')}`, 2);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Earshot needs Node 20.19 or later to start (it brings its own Node 24); this is ${process.versions.node}.`, 1);
}
