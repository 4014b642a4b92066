// Compiles assembly/ to modules as base64, so that Node and browsers load them without reading a file. The results are committed; a spec
// fails when one is not what the sources give. Plain SIMD gives the same bytes on every processor; the module of networks is there once
// more with relaxed SIMD, which trains twice as fast.
import { writeFileSync } from 'node:fs';
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

const [option, file] = process.argv.slice(2);
if (option === '--print') process.stdout.write(await compiled(modules[file]));
else for (const [name, module] of Object.entries(modules)) writeFileSync(`${here}${name}`, await compiled(module));
