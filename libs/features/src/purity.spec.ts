import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folders = ['.', '../../kernels/src/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const sources = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !/\.(spec|fixture|twin)\.ts$/.test(name))
    .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') })),
);

describe('features and kernels', () => {
  it('run in a browser: they import nothing of Node and use none of its globals', () => {
    expect(sources.length).toBeGreaterThan(30);
    const imports = sources.flatMap(({ text }) => [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from!));
    expect([...new Set(imports)].filter((from) => !from.startsWith('./')).toSorted()).toEqual([
      '@earshot/contracts',
      '@earshot/kernels',
      'zod',
    ]);
    expect(sources.filter(({ text }) => /\b(process\.\w|Buffer\.\w|require\()/.test(text)).map(({ name }) => name)).toEqual([]);
  });
});
