// Compiles assembly/ to modules as base64, so that Node and browsers load them without reading a file. The results are committed; a spec
// fails when one is not what the sources give. Plain SIMD gives the same bytes on every processor; the module of networks is there once
// more with relaxed SIMD, which trains twice as fast.
//   node libs/kernels/compile.mjs           writes them
//   node libs/kernels/compile.mjs --check   says which is not what the sources give
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));

const modules = {
  'src/wasm-bytes.ts': { entry: 'assembly/index.ts', features: ['simd'] },
  'src/networks/plain-bytes.ts': { entry: 'assembly/networks/index.ts', features: ['simd'] },
  'src/networks/relaxed-bytes.ts': { entry: 'assembly/networks/index.ts', features: ['simd', 'relaxed-simd'] },
};

/** The text of one of these files. */
async function compiled({ entry, features }) {
  let bytes;
  const options = ['--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--use', 'abort='];
  const enabled = features.flatMap((feature) => ['--enable', feature]);
  const { error, stderr } = await asc.main(
    [entry, '--baseDir', here, ...options, ...enabled, '--uncheckedBehavior', 'always', '--outFile', 'out.wasm'],
    {
      writeFile: (_name, contents) => {
        bytes = contents;
      },
    },
  );
  if (error) throw new Error(stderr.toString(), { cause: error });
  return `// Made from assembly/ by compile.mjs: do not edit.\nexport const wasmBytes =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
}

/** Whether it is what the sources give. To compile takes seconds: what was found to be so is not compiled again for the same sources. */
async function isCurrent(name, module) {
  const sources = [...globSync('assembly/**/*.ts', { cwd: here }).toSorted(), 'compile.mjs', name];
  const hash = createHash('sha256').update(asc.version);
  for (const path of sources) hash.update(`\n${path}\n`).update(readFileSync(`${here}${path}`));
  const found = fileURLToPath(new URL(`../../node_modules/.cache/earshot-kernels/${hash.digest('hex')}`, import.meta.url));
  if (existsSync(found)) return true;
  if (readFileSync(`${here}${name}`, 'utf8') !== (await compiled(module))) return false;
  mkdirSync(dirname(found), { recursive: true });
  writeFileSync(found, '');
  return true;
}

const isCheck = process.argv[2] === '--check';
for (const [name, module] of Object.entries(modules)) {
  if (!isCheck) writeFileSync(`${here}${name}`, await compiled(module));
  else if (!(await isCurrent(name, module))) {
    process.stderr.write(`${name} is not what assembly/ compiles to; node libs/kernels/compile.mjs writes it\n`);
    process.exitCode = 1;
  }
}
