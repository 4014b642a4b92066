import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadKernels } from './kernels.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the compiled module', () => {
  it('is what assembly/ compiles to (else run: node libs/kernels/compile.mjs)', () => {
    const expected = execFileSync(process.execPath, [at('../compile.mjs'), '--print'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(readFileSync(at('./wasm-bytes.ts'), 'utf8') === expected).toBe(true);
  }, 60_000);

  it('exports every kernel of the typed table', () => {
    const table = readFileSync(at('./kernel-exports.ts'), 'utf8');
    const names = [...table.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(3);
    expect(Object.keys(loadKernels().run)).toEqual(expect.arrayContaining(names));
  });
});
