// npm run native [-- --python PATH]: installs @tensorflow/tfjs-node, the optional native back end of networks, into node_modules (npm ci
// takes it away again). Its own installer downloads TensorFlow's library; where it cannot, its binding is compiled against the library of
// the Python package `tensorflow-cpu`, which the interpreter at PATH must have.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const version = '4.22.0';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, 'node_modules/@tensorflow/tfjs-node');
const binding = join(folder, 'lib/napi-v8/tfjs_binding.node');

const check = `
  import util from 'node:util';
  util.isNullOrUndefined ??= (value) => value == null; // gone since Node 23, and it calls it
  const { default: tf } = await import('@tensorflow/tfjs-node');
  if (tf.sum(tf.tensor([1, 2])).dataSync()[0] !== 3) throw new Error('it cannot add');
  console.log(tf.getBackend() + ' ' + tf.version['tfjs-node']);
`;

const { values } = parseArgs({ options: { python: { type: 'string' } } });
run('npm', [
  'install',
  '--no-save',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  `@tensorflow/tfjs-node@${version}`,
  'node-api-headers@1.9.0',
]);
if (values.python !== undefined) compileAgainst(tensorFlowOf(values.python));
else if (!installByItself())
  fail('Its own installer could not download the library. Give an interpreter that has tensorflow-cpu: --python PATH');
console.log(`It works: ${run(process.execPath, ['--input-type=module', '-e', check])}. Networks train with it by the back end native.`);

function installByItself(): boolean {
  const { status } = spawnSync(process.execPath, ['scripts/install.js'], { cwd: folder, stdio: 'inherit' });
  return status === 0 && existsSync(binding);
}

/** The folder of the Python package, with the library and its headers. */
function tensorFlowOf(python: string): string {
  return run(python, ['-c', "import importlib.util as u; print(u.find_spec('tensorflow').submodule_search_locations[0])"]);
}

function compileAgainst(tensorFlow: string): void {
  mkdirSync(join(folder, 'lib/napi-v8'), { recursive: true });
  const includes = ['.', '..', join(tensorFlow, 'include'), join(root, 'node_modules/node-api-headers/include')].map((path) => `-I${path}`);
  const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'].map((name) => join(tensorFlow, name));
  const options = ['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION', ...includes];
  const sources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];
  run('g++', [...options, ...sources, '-o', binding, ...libraries, `-Wl,-rpath,${tensorFlow}`], folder);
}

function run(command: string, args: string[], cwd = root): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
