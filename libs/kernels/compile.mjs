// Compiles assembly/ to src/wasm-bytes.ts: the module as base64, so that Node and browsers load it without reading a file.
// The result is committed; src/wasm-bytes.spec.ts fails when it is not what the sources give.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The text of src/wasm-bytes.ts. Plain SIMD, not relaxed: every processor gives the same bytes. */
async function wasmBytesSource() {
  let bytes;
  const options = ['--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--use', 'abort='];
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--baseDir', here, ...options, '--enable', 'simd', '--uncheckedBehavior', 'always', '--outFile', 'out.wasm'],
    {
      writeFile: (_name, contents) => {
        bytes = contents;
      },
    },
  );
  if (error) throw new Error(stderr.toString(), { cause: error });
  return `// Made from assembly/ by compile.mjs: do not edit.\nexport const wasmBytes =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
}

const source = await wasmBytesSource();
if (process.argv.includes('--print')) process.stdout.write(source);
else writeFileSync(`${here}src/wasm-bytes.ts`, source);
