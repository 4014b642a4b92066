import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadKernels } from './kernels.js';
import { loadNetworkKernels } from './networks/network-kernels.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the compiled modules', () => {
  it.each(['src/wasm-bytes.ts', 'src/networks/plain-bytes.ts', 'src/networks/relaxed-bytes.ts'])(
    '%s is what assembly/ compiles to (else run: node libs/kernels/compile.mjs)',
    (file) => {
      const expected = execFileSync(process.execPath, [at('../compile.mjs'), '--print', file], {
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      expect(readFileSync(at(`../${file}`), 'utf8') === expected).toBe(true);
    },
    60_000,
  );

  it.each([
    ['./kernel-exports.ts', () => loadKernels().run],
    ['./networks/network-exports.ts', () => loadNetworkKernels('serving').run],
    ['./networks/network-exports.ts', () => loadNetworkKernels('training').run],
  ])('exports every kernel of %s', (table, load) => {
    const names = [...readFileSync(at(table), 'utf8').matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(3);
    expect(Object.keys(load())).toEqual(expect.arrayContaining(names));
  });
});
