import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadKernels } from './kernels.js';
import { loadNetworkKernels } from './networks/network-kernels.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the compiled modules', () => {
  it('are what assembly/ compiles to', () => {
    const env = { ...process.env, NODE_OPTIONS: '' };
    const { status, stderr } = spawnSync(process.execPath, [at('../compile.mjs'), '--check'], { encoding: 'utf8', env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }, 120_000);

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
